'use client'

import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { ADDRESS_PLACES, ADDRESS_TEMPLATES, fillTemplate, placesOf } from '#core/address-templates.ts'
import { PROVIDER_KIND_INFO, type ProviderKind } from '#core/provider-kinds.ts'

const ANOTHER = 'another'

/** What is typed of an address: one of the vendor's, by its place in their list, or another one. */
export interface AddressDraft {
  template: string
  places: Readonly<Record<string, string>>
  address: string
}

/** A draft with nothing in it, of the address that is offered first. */
export function emptyAddress(kind: ProviderKind): AddressDraft {
  return { template: ADDRESS_TEMPLATES[kind] ? '0' : ANOTHER, places: {}, address: '' }
}

/** The address; empty while it is not complete. */
export function addressOf(kind: ProviderKind, { template, places, address }: AddressDraft): string {
  const chosen = ADDRESS_TEMPLATES[kind]?.[Number(template)]
  return chosen ? (fillTemplate(chosen, places) ?? '') : address.trim()
}

/** Where a provider is: the vendor's addresses with what they leave open, or any other address. */
export function AddressFields({
  kind,
  draft,
  onChange,
  error,
}: {
  kind: ProviderKind
  draft: AddressDraft
  onChange: (change: (before: AddressDraft) => AddressDraft) => void
  error: string | undefined
}) {
  const templates = ADDRESS_TEMPLATES[kind] ?? []
  const chosen = templates[Number(draft.template)]
  const info = PROVIDER_KIND_INFO[kind]
  return (
    <>
      {templates.length > 0 ? (
        <Field
          label="Where it is"
          nativeLabel={false}
          help={chosen?.sends ?? 'A proxy of yours, a private link, or a vendor address that is not listed.'}
          error={chosen ? error : undefined}
        >
          <Select
            items={[
              ...templates.map(({ label }, index) => ({ value: String(index), label })),
              { value: ANOTHER, label: 'Another address' },
            ]}
            value={draft.template}
            onValueChange={template => onChange(before => ({ ...before, template }))}
          />
        </Field>
      ) : null}
      {chosen ? (
        <>
          {placesOf(chosen).map(place => (
            <Field key={place} label={ADDRESS_PLACES[place]?.label ?? place} name={place}>
              <Input
                required
                placeholder={ADDRESS_PLACES[place]?.example ?? ''}
                value={draft.places[place] ?? ''}
                onValueChange={text => onChange(before => ({ ...before, places: { ...before.places, [place]: text } }))}
              />
            </Field>
          ))}
          <p className="wrap-anywhere font-mono text-muted text-xs">
            {fillTemplate(chosen, draft.places) ?? chosen.address}
          </p>
        </>
      ) : (
        <Field
          label="Address"
          name="baseUrl"
          optional={kind === 'sandbox'}
          help={`Such as ${info.baseUrlExample}`}
          error={error}
        >
          <Input
            inputMode="url"
            placeholder={info.baseUrlExample}
            value={draft.address}
            onValueChange={address => onChange(before => ({ ...before, address }))}
          />
        </Field>
      )}
    </>
  )
}
