'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Callout } from '#components/ui/callout.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, FieldGroup, FieldRow } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { PROVIDER_KIND_INFO, type ProviderKind } from '#core/provider-kinds.ts'
import { createProviderAction } from '#lib/providers/actions.ts'
import { FormFoot } from '../../_components/form-foot.tsx'
import { useSubmit } from '../../_components/use-submit.ts'
import { CREDENTIAL_HELP, KIND_HELP } from './provider-words.ts'

const KINDS = Object.keys(PROVIDER_KIND_INFO) as ProviderKind[]

/** The form that adds a provider, with the help of its kind; its page, with the test, comes next. */
export function AddProvider() {
  const [values, setValues] = useState({
    kind: 'openai' as ProviderKind,
    name: '',
    baseUrl: '',
    region: '',
    credential: '',
    allowPrivateNetwork: false,
  })
  const { submit, pending, problem, errors } = useSubmit(createProviderAction)
  const router = useRouter()
  const set = (change: Partial<typeof values>) => setValues({ ...values, ...change })
  const info = PROVIDER_KIND_INFO[values.kind]
  const add = () => submit(toInput(values), provider => router.push(`/admin/providers/${provider.id}`))
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        add()
      }}
      className="grid gap-x-12 gap-y-6 lg:grid-cols-2"
    >
      <FieldGroup legend="Kind">
        <RadioGroup
          aria-label="Kind"
          items={KINDS.map(kind => ({ value: kind, label: PROVIDER_KIND_INFO[kind].label, help: KIND_HELP[kind] }))}
          value={values.kind}
          onValueChange={kind => set({ kind: kind as ProviderKind })}
        />
      </FieldGroup>
      <div className="flex flex-col gap-5">
        <Field label="Name" name="name" help="Stands in requests and reports." error={errors.name}>
          <Input
            required
            maxLength={80}
            placeholder={info.label}
            value={values.name}
            onValueChange={name => set({ name })}
          />
        </Field>
        <Field
          label="Address"
          name="baseUrl"
          optional={info.baseUrl !== null || values.kind === 'sandbox'}
          help={info.baseUrl ? `Left out: ${info.baseUrl}` : `Such as ${info.baseUrlExample}`}
          error={errors.baseUrl}
        >
          <Input
            inputMode="url"
            placeholder={info.baseUrlExample}
            value={values.baseUrl}
            onValueChange={baseUrl => set({ baseUrl })}
          />
        </Field>
        <Field
          label="Region"
          name="region"
          optional
          help="Where the provider processes data, for rules about regions."
          error={errors.region}
        >
          <Input maxLength={60} placeholder="eu-west" value={values.region} onValueChange={region => set({ region })} />
        </Field>
        <Field
          label="Credential"
          name="credential"
          optional={!info.needsCredential}
          help={`${CREDENTIAL_HELP[values.kind]} Sealed at once and shown by nothing.`}
          error={errors.credential}
        >
          <Input
            type="password"
            autoComplete="off"
            value={values.credential}
            onValueChange={credential => set({ credential })}
          />
        </Field>
        <FieldRow
          label="Allow a private network"
          help="Gateways may then reach addresses inside your network for this provider, and over plain http."
        >
          <Checkbox
            checked={values.allowPrivateNetwork}
            onCheckedChange={allowPrivateNetwork => set({ allowPrivateNetwork })}
          />
        </FieldRow>
        {values.allowPrivateNetwork ? (
          <Callout tone="warn" title="Only for an endpoint that you run yourself">
            Whoever controls the address can make gateways and this portal call services inside your network.
          </Callout>
        ) : null}
        <FormFoot
          action="Add provider"
          pending={pending}
          problem={problem}
          placed={['name', 'baseUrl', 'region', 'credential']}
          cancelHref="/admin/providers"
          onSubmit={add}
        />
      </div>
    </form>
  )
}

function toInput({
  baseUrl,
  region,
  credential,
  ...values
}: {
  kind: ProviderKind
  name: string
  baseUrl: string
  region: string
  credential: string
  allowPrivateNetwork: boolean
}) {
  return {
    ...values,
    ...(baseUrl.trim() ? { baseUrl: baseUrl.trim() } : {}),
    region: region.trim() || null,
    credential: credential.trim() || null,
  }
}
