'use client'

import { useRouter } from 'next/navigation'
import { FormActions } from '#components/form/form-actions.tsx'
import { useFormValues } from '#components/form/use-form-values.ts'
import { useSubmit } from '#components/form/use-submit.ts'
import { Callout } from '#components/ui/callout.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, FieldGroup, FieldRow } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { lenderOf } from '#core/credential-types.ts'
import { PROVIDER_KIND_INFO, type ProviderKind } from '#core/provider-kinds.ts'
import { createProviderAction } from '#lib/providers/actions.ts'
import { type AddressDraft, AddressFields, addressOf, emptyAddress } from './address-fields.tsx'
import {
  type CredentialDraft,
  CredentialFields,
  credentialPaths,
  emptyDraft,
  toCredential,
} from './credential-fields.tsx'
import { KIND_HELP } from './provider-words.ts'

const KINDS = Object.keys(PROVIDER_KIND_INFO) as ProviderKind[]

interface Values {
  kind: ProviderKind
  name: string
  address: AddressDraft
  region: string
  credential: CredentialDraft
  allowPrivateNetwork: boolean
}

/** The form that adds a provider, with the help of its kind; its page, with the test, comes next. */
export function AddProvider() {
  const [values, set] = useFormValues<Values>({
    kind: 'openai',
    name: '',
    address: emptyAddress('openai'),
    region: '',
    credential: emptyDraft('openai'),
    allowPrivateNetwork: false,
  })
  const { submit, pending, problem, errors } = useSubmit(createProviderAction)
  const router = useRouter()
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
          onValueChange={kind => set({ kind, address: emptyAddress(kind), credential: emptyDraft(kind) })}
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
        <AddressFields
          kind={values.kind}
          draft={values.address}
          onChange={change => set(before => ({ address: change(before.address) }))}
          error={errors.baseUrl}
        />
        <Field
          label="Region"
          name="region"
          optional
          help="Where the provider processes data, for rules about regions. Left out: the one in the address, if it names one."
          error={errors.region}
        >
          <Input maxLength={60} placeholder="eu-west" value={values.region} onValueChange={region => set({ region })} />
        </Field>
        <CredentialFields
          kind={values.kind}
          draft={values.credential}
          onChange={change => set(before => ({ credential: change(before.credential) }))}
          errors={errors}
        />
        <p className="text-muted text-xs">Sealed at once and shown by nothing.</p>
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
            Whoever controls the address can make gateways call services inside your network.
          </Callout>
        ) : null}
        <FormActions
          action="Add provider"
          pending={pending}
          problem={problem}
          placed={['name', 'baseUrl', 'region', ...credentialPaths(values.kind, values.credential.type)]}
          cancelHref="/admin/providers"
          onSubmit={add}
        />
      </div>
    </form>
  )
}

function toInput({ kind, name, address, region, credential, allowPrivateNetwork }: Values) {
  const baseUrl = addressOf(kind, address)
  const given = toCredential(kind, credential)
  return {
    kind,
    name,
    allowPrivateNetwork,
    ...(baseUrl ? { baseUrl } : {}),
    ...(region.trim() ? { region: region.trim() } : {}),
    credential: isEmpty(credential) && !lenderOf(credential.type) ? null : given,
  }
}

/** A provider may be added before its credential is at hand. */
function isEmpty({ values }: CredentialDraft): boolean {
  return Object.values(values).every(text => text.trim() === '')
}
