import { MultiCombobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import type { DataChoices } from './key-facts.ts'
import type { KeyFormValues } from './key-form-values.ts'

type Props = {
  values: KeyFormValues
  set: (change: Partial<KeyFormValues>) => void
  data: DataChoices
  errors: Record<string, string>
  disabled: boolean
}

const LOWEST = 'lowest'
const ANY = 'any'

/** The workload that the key is bound to; nothing is asked while its team has none. */
export function KeyWorkloadField({
  values,
  set,
  workloads,
  errors,
  disabled,
}: Omit<Props, 'data'> & { workloads: DataChoices['workloads'] }) {
  const own = workloads.filter(({ teamId, keyScope }) => teamId === values.teamId || keyScope === 'organization')
  if (own.length === 0) return null
  return (
    <Field
      label="Workload"
      nativeLabel={false}
      help="Every call with the key belongs to it: its tier, models, budget and lifecycle bind, whatever the caller sends."
      error={errors.workloadId}
    >
      <Select
        items={[
          { value: ANY, label: 'What each request says' },
          ...own.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={values.workloadId === '' ? ANY : values.workloadId}
        disabled={disabled}
        onValueChange={id => set({ workloadId: id === ANY ? '' : id })}
      />
    </Field>
  )
}

/** What data the key is used with: no request with it is classified lower. */
export function KeyDataFields({ values, set, data, errors, disabled }: Props) {
  const tiers = data.tiers.map(name => ({ value: name, label: `At least ${name}` }))
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field
        label="Classification"
        nativeLabel={false}
        help="A caller can raise it and never lower it."
        error={errors.tier}
      >
        <Select
          items={[{ value: LOWEST, label: 'What each request says' }, ...tiers]}
          value={values.tier === '' ? LOWEST : values.tier}
          disabled={disabled}
          onValueChange={tier => set({ tier: tier === LOWEST ? '' : tier })}
        />
      </Field>
      <Field
        label="Data sources"
        optional
        help="Requests take at least their tiers, and stay in their regions."
        error={errors.dataSourceIds}
      >
        <MultiCombobox
          items={data.sources.map(({ id, name, tier }) => ({ value: id, label: name, hint: tier }))}
          placeholder="None"
          value={values.dataSourceIds}
          disabled={disabled}
          onValueChange={dataSourceIds => set({ dataSourceIds })}
        />
      </Field>
    </div>
  )
}
