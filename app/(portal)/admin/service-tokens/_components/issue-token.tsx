'use client'

import { useState } from 'react'
import { FormActions } from '#components/form/form-actions.tsx'
import { useSubmit } from '#components/form/use-submit.ts'
import { formatDate } from '#components/format.ts'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Field, FieldGroup, FieldRow } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { PERMISSIONS, type Permission } from '#core/permissions.ts'
import { issueServiceTokenAction } from '#lib/service-tokens/actions.ts'
import type { IssuedServiceTokenDto } from '#lib/service-tokens/schema.ts'

const LIFETIMES = ['7', '30', '90', '180', '366'] as const

/** The form that issues a token, and then the token: the only time it can be read. */
export function IssueToken({ held, portalUrl }: { held: readonly Permission[]; portalUrl: string }) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Permission[]>([])
  const [days, setDays] = useState<(typeof LIFETIMES)[number]>('90')
  const [issued, setIssued] = useState<IssuedServiceTokenDto>()
  const { submit, pending, problem, errors } = useSubmit(issueServiceTokenAction)
  const issue = () => submit({ name, scopes, expiresInDays: Number(days) }, setIssued)
  if (issued) return <Issued issued={issued} portalUrl={portalUrl} />
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        issue()
      }}
      className="flex max-w-2xl flex-col gap-5"
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Name" name="name" error={errors.name}>
          <Input autoFocus required maxLength={80} placeholder="terraform" value={name} onValueChange={setName} />
        </Field>
        <Field
          label="Expires"
          nativeLabel={false}
          help="The API refuses it with 401 afterwards."
          error={errors.expiresInDays}
        >
          <Select
            items={LIFETIMES.map(value => ({ value, label: `in ${value} days` }))}
            value={days}
            onValueChange={setDays}
          />
        </Field>
      </div>
      <FieldGroup legend="What it may do">
        <div className="grid gap-x-6 gap-y-2.5 sm:grid-cols-2">
          {held.map(permission => (
            <FieldRow key={permission} label={PERMISSIONS[permission]} help={permission}>
              <Checkbox
                checked={scopes.includes(permission)}
                onCheckedChange={on =>
                  setScopes(on ? [...scopes, permission] : scopes.filter(each => each !== permission))
                }
              />
            </FieldRow>
          ))}
        </div>
        {errors.scopes ? (
          <p role="alert" className="text-bad-text text-xs">
            {errors.scopes}
          </p>
        ) : null}
      </FieldGroup>
      <FormActions
        action="Issue token"
        pending={pending}
        problem={problem}
        placed={['name', 'scopes', 'expiresInDays']}
        cancelHref="/admin/service-tokens"
        onSubmit={issue}
      />
    </form>
  )
}

function Issued({ issued, portalUrl }: { issued: IssuedServiceTokenDto; portalUrl: string }) {
  const path = issued.scopes.includes('models.read') ? 'models' : 'organizations'
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <div className="rounded-[10px] border border-accent/60 bg-raised p-4">
        <p className="mb-3 text-muted text-sm">
          {issued.name} works until {formatDate(issued.expiresAt)}. Shown once. It cannot be read again.
        </p>
        <div className="flex items-center gap-2.5">
          <output
            aria-label="The new token"
            className="wrap-anywhere min-w-0 flex-1 rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-[0.8125rem]"
          >
            {issued.token}
          </output>
          <CopyButton text={issued.token} label="Copy" variant="primary" size="lg" />
        </div>
      </div>
      <Section title="A first call">
        <CodeBlock
          label="A first call"
          code={`curl ${portalUrl}/api/v1/${path} -H "authorization: Bearer ${issued.token}"`}
        />
      </Section>
      <div>
        <ButtonLink href="/admin/service-tokens">All service tokens</ButtonLink>
      </div>
    </div>
  )
}
