'use client'

import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

export const PRICE_CLASSES = [
  { key: 'input', label: 'Input' },
  { key: 'output', label: 'Output' },
  { key: 'cachedInput', label: 'Cached input' },
  { key: 'reasoning', label: 'Reasoning' },
  { key: 'cacheWrite5m', label: 'Cache write, 5 minutes' },
  { key: 'cacheWrite1h', label: 'Cache write, 1 hour' },
] as const
export type PriceClass = (typeof PRICE_CLASSES)[number]['key']
export type PriceText = Record<PriceClass, string>

export const NO_PRICE: PriceText = {
  input: '',
  output: '',
  cachedInput: '',
  reasoning: '',
  cacheWrite5m: '',
  cacheWrite1h: '',
}

/** The amounts as the verb takes them: what is left empty has no price of its own. */
export function priceAmountsOf(text: PriceText): Record<PriceClass, string | null> {
  const entries = PRICE_CLASSES.map(({ key }) => [key, text[key].trim() === '' ? null : text[key].trim()] as const)
  return Object.fromEntries(entries) as Record<PriceClass, string | null>
}

/** US dollars per million tokens of each class. */
export function PriceFields({
  value,
  onChange,
}: {
  value: PriceText
  onChange: (change: (before: PriceText) => PriceText) => void
}) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {PRICE_CLASSES.map(({ key, label }) => (
        <Field key={key} label={label} optional={key !== 'input' && key !== 'output'}>
          <Input
            prefix="USD"
            suffix="per M"
            inputMode="decimal"
            value={value[key]}
            onValueChange={amount => onChange(before => ({ ...before, [key]: amount }))}
          />
        </Field>
      ))}
    </div>
  )
}
