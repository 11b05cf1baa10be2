'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useSubmit } from '#components/form/use-submit.ts'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field, FieldRow } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { lenderOf } from '#core/credential-types.ts'
import { setProviderCredentialAction, updateProviderAction } from '#lib/providers/actions.ts'
import type { ProviderDto } from '#lib/providers/schema.ts'
import { CredentialFields, emptyDraft, isComplete, toCredential } from './credential-fields.tsx'

/** Gives a provider a new credential. It can be replaced, never read. */
export function CredentialForm({ provider: { id, kind, hasCredential, credentialType } }: { provider: ProviderDto }) {
  const [draft, setDraft] = useState({ ...emptyDraft(kind), ...(credentialType && { type: credentialType }) })
  const { submit, pending, problem, errors, saved } = useSubmit(setProviderCredentialAction)
  const router = useRouter()
  const typed = Object.values(draft.values).some(text => text !== '')
  function replace() {
    submit({ id, credential: toCredential(kind, draft) }, () => {
      setDraft(before => ({ ...before, values: {} }))
      router.refresh()
    })
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        replace()
      }}
      className="flex max-w-xl flex-col gap-4"
    >
      <CredentialFields kind={kind} draft={draft} onChange={setDraft} errors={errors} />
      {problem && Object.keys(errors).length === 0 ? (
        <Callout tone="bad" live>
          {problem.message}
        </Callout>
      ) : null}
      <div className="flex items-center gap-3">
        <Button
          type="submit"
          loading={pending}
          disabled={!isComplete(kind, draft) || (!typed && !lenderOf(draft.type))}
        >
          {hasCredential ? 'Replace credential' : 'Set credential'}
        </Button>
        <span role="status" className="text-ok-text text-sm">
          {saved && !typed ? 'Sealed and published; gateways use it from the next call on' : ''}
        </span>
      </div>
    </form>
  )
}

/** Whether gateways may reach inside the network for this provider; in force at once. */
export function PrivateNetworkSwitch({ provider }: { provider: ProviderDto }) {
  const { submit, pending, problem } = useSubmit(updateProviderAction)
  return (
    <div className="flex max-w-xl flex-col gap-3">
      <FieldRow
        label="Allow a private network"
        help="Gateways may reach addresses inside your network for this provider, and over plain http."
      >
        <Switch
          checked={provider.allowPrivateNetwork}
          disabled={pending}
          onCheckedChange={allowPrivateNetwork => submit({ id: provider.id, allowPrivateNetwork })}
        />
      </FieldRow>
      {provider.allowPrivateNetwork ? (
        <Callout tone="warn" title="Only for an endpoint that you run yourself">
          Whoever controls the address can make gateways call services inside your network.
        </Callout>
      ) : null}
      {problem ? (
        <Callout tone="bad" live>
          {problem.message}
        </Callout>
      ) : null}
    </div>
  )
}

/** Fields of the form below that show their own errors; a credential that no longer fits has none there. */
const PLACED = ['name', 'baseUrl', 'region']

/** Name, address and region, to be changed. */
export function ProviderForm({ provider }: { provider: ProviderDto }) {
  const initial = { name: provider.name, baseUrl: provider.baseUrl, region: provider.region ?? '' }
  const [values, setValues] = useState(initial)
  const { submit, pending, problem, errors, saved } = useSubmit(updateProviderAction)
  const set = (change: Partial<typeof values>) => setValues(before => ({ ...before, ...change }))
  const unchanged = JSON.stringify(values) === JSON.stringify(initial)
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        submit({ id: provider.id, ...values, region: values.region.trim() || null })
      }}
      className="flex max-w-xl flex-col gap-4"
    >
      <Field label="Name" name="name" error={errors.name}>
        <Input required maxLength={80} value={values.name} onValueChange={name => set({ name })} />
      </Field>
      <Field
        label="Address"
        name="baseUrl"
        help="At another origin the credential is dropped: it was not given to that one."
        error={errors.baseUrl}
      >
        <Input required inputMode="url" value={values.baseUrl} onValueChange={baseUrl => set({ baseUrl })} />
      </Field>
      <Field
        label="Region"
        name="region"
        optional
        help="Where it processes data. Calls that a tier or a route binds to regions go to providers there only."
        error={errors.region}
      >
        <Input maxLength={60} value={values.region} onValueChange={region => set({ region })} />
      </Field>
      {problem && !PLACED.some(field => errors[field]) ? (
        <Callout tone="bad" live>
          {problem.message}
        </Callout>
      ) : null}
      <div className="flex items-center gap-3">
        <Button type="submit" loading={pending} disabled={unchanged}>
          Save
        </Button>
        <span role="status" className="text-ok-text text-sm">
          {saved && unchanged ? 'Saved' : ''}
        </span>
      </div>
    </form>
  )
}
