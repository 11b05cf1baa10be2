'use client'

import { Field, FieldGroup } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { CREDENTIAL_TYPES, type CredentialType } from '#core/credential-types.ts'
import type { ProviderKind } from '#core/provider-kinds.ts'
import { CREDENTIAL_WORDS, type CredentialField, credentialFields } from './provider-words.ts'

/** What is typed of a credential: its type, and its fields by name. */
export interface CredentialDraft {
  type: CredentialType
  values: Readonly<Record<string, string>>
}

/** A draft with nothing in it, of the type that is offered first. */
export function emptyDraft(kind: ProviderKind): CredentialDraft {
  return { type: CREDENTIAL_TYPES[kind][0] ?? 'api_key', values: {} }
}

/** Whether all is typed that the type needs. */
export function isComplete(kind: ProviderKind, { type, values }: CredentialDraft): boolean {
  return credentialFields(kind, type).every(({ name, optional }) => optional || (values[name] ?? '').trim() !== '')
}

/** The credential for the verb; null when none was typed where none is needed. */
export function toCredential(kind: ProviderKind, { type, values }: CredentialDraft): object | null {
  const fields = credentialFields(kind, type)
  const typed = fields.map(({ name }) => [name, (values[name] ?? '').trim()] as const).filter(([, text]) => text !== '')
  if (fields.length > 0 && typed.length === 0 && type === 'api_key') return null
  return { type, ...Object.fromEntries(typed) }
}

/** Fields of a credential that show their own errors, by their path. */
export function credentialPaths(kind: ProviderKind, type: CredentialType): string[] {
  return [...credentialFields(kind, type).map(({ name }) => `credential.${name}`), 'credential.type', 'credential']
}

/** The fields of a credential, by its type. Secrets are hidden while they are typed. */
export function CredentialFields({
  kind,
  draft,
  onChange,
  errors,
}: {
  kind: ProviderKind
  draft: CredentialDraft
  onChange: (change: (before: CredentialDraft) => CredentialDraft) => void
  errors: Readonly<Record<string, string>>
}) {
  const types = CREDENTIAL_TYPES[kind]
  const set = (name: string, text: string) =>
    onChange(before => ({ ...before, values: { ...before.values, [name]: text } }))
  const wrongType = errors['credential.type'] ?? errors.credential
  return (
    <>
      {types.length > 1 ? (
        <FieldGroup legend="Credential">
          <RadioGroup
            aria-label="Credential"
            items={types.map(value => ({ value, ...CREDENTIAL_WORDS[value] }))}
            value={draft.type}
            onValueChange={type => onChange(() => ({ type, values: {} }))}
          />
          {wrongType ? <p className="text-bad-text text-xs">{wrongType}</p> : null}
        </FieldGroup>
      ) : null}
      {credentialFields(kind, draft.type).map(field => (
        <CredentialInput
          key={`${draft.type} ${field.name}`}
          field={field}
          value={draft.values[field.name] ?? ''}
          onChange={text => set(field.name, text)}
          error={errorOf(errors, field, types.length === 1 ? wrongType : undefined)}
        />
      ))}
    </>
  )
}

/** A document's own fields are named below it. */
function errorOf(errors: Readonly<Record<string, string>>, { name, optional }: CredentialField, whole?: string) {
  const path = `credential.${name}`
  const inner = Object.entries(errors).find(([field]) => field.startsWith(`${path}.`))
  if (inner) return `${inner[0].slice(path.length + 1)}: ${inner[1]}`
  return errors[path] ?? (optional ? undefined : whole)
}

function CredentialInput({
  field: { name, label, help, optional = false, plain, lines },
  value,
  onChange,
  error,
}: {
  field: CredentialField
  value: string
  onChange: (text: string) => void
  error: string | undefined
}) {
  const hidden = plain || lines ? {} : { type: 'password' }
  return (
    <Field label={label} name={`credential.${name}`} optional={optional} help={help} error={error}>
      {lines ? (
        <Textarea
          autoComplete="off"
          spellCheck={false}
          className="max-h-60 font-mono text-xs"
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      ) : (
        <Input autoComplete="off" spellCheck={false} {...hidden} value={value} onValueChange={onChange} />
      )}
    </Field>
  )
}
