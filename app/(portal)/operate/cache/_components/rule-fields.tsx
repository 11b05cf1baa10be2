'use client'

import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, FieldRow } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import type { CacheSharing } from '#core/cache/cache-policy.ts'
import { SHARING_LABELS, TTL_CHOICES, ttlText } from './cache-words.ts'

/** What a policy decides, as a form holds it. */
export interface RuleValues {
  ttlSeconds: string
  sharing: CacheSharing
  shared: boolean
  deterministicOnly: boolean
  includeTools: boolean
  maxAnswerBytes: string
  maxBytes: string
}

const KIB = 1024
const ANSWER_SIZES = [64, 256, 1024, 4096].map(kib => ({ value: String(kib * KIB), label: sizeText(kib) }))
const MEMORY_SIZES = [4096, 16_384, 65_536].map(kib => ({ value: String(kib * KIB), label: sizeText(kib) }))

/** The fields of a policy's rules. Each help text says what gateways do because of the value. */
export function RuleFields({
  values,
  set,
  errors,
}: {
  values: RuleValues
  set: (change: Partial<RuleValues>) => void
  errors: Record<string, string>
}) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label="Kept for"
          nativeLabel={false}
          error={errors.ttlSeconds}
          help="A request after that goes to the provider again."
        >
          <Select
            items={withCurrent(TTL_CHOICES, values.ttlSeconds, value => ttlText(Number(value)))}
            value={values.ttlSeconds}
            onValueChange={ttlSeconds => set({ ttlSeconds: ttlSeconds ?? values.ttlSeconds })}
          />
        </Field>
        <Field
          label="Shared among"
          nativeLabel={false}
          error={errors.sharing}
          help="Always only among keys that may do the same."
        >
          <Select
            items={Object.entries(SHARING_LABELS).map(([value, label]) => ({ value: value as CacheSharing, label }))}
            value={values.sharing}
            onValueChange={sharing => set({ sharing: sharing ?? values.sharing })}
          />
        </Field>
        <Field
          label="Largest answer"
          nativeLabel={false}
          error={errors.maxAnswerBytes}
          help="A larger answer is passed on and not kept."
        >
          <Select
            items={withCurrent(ANSWER_SIZES, values.maxAnswerBytes, value => sizeText(Number(value) / KIB))}
            value={values.maxAnswerBytes}
            onValueChange={maxAnswerBytes => set({ maxAnswerBytes: maxAnswerBytes ?? values.maxAnswerBytes })}
          />
        </Field>
        <Field
          label="Memory on each replica"
          nativeLabel={false}
          error={errors.maxBytes}
          help="The least recently used answers make room."
        >
          <Select
            items={withCurrent(MEMORY_SIZES, values.maxBytes, value => sizeText(Number(value) / KIB))}
            value={values.maxBytes}
            onValueChange={maxBytes => set({ maxBytes: maxBytes ?? values.maxBytes })}
          />
        </Field>
      </div>
      <FieldRow
        label="Shared by replicas"
        help="Through Redis, where one is configured, sealed. Otherwise each replica keeps its own."
      >
        <Checkbox checked={values.shared} onCheckedChange={shared => set({ shared })} />
      </FieldRow>
      <FieldRow label="Only requests with temperature 0" help="Others ask for a varied answer, and go to the provider.">
        <Checkbox
          checked={values.deterministicOnly}
          onCheckedChange={deterministicOnly => set({ deterministicOnly })}
        />
      </FieldRow>
      <FieldRow
        label="Also requests with tools"
        help="A kept answer proposes the same call again. Tools that the provider runs are never kept."
      >
        <Checkbox checked={values.includeTools} onCheckedChange={includeTools => set({ includeTools })} />
      </FieldRow>
    </>
  )
}

/** The rules as the API takes them. */
export function toRules({ ttlSeconds, maxAnswerBytes, maxBytes, ...rest }: RuleValues) {
  return {
    ...rest,
    ttlSeconds: Number(ttlSeconds),
    maxAnswerBytes: Number(maxAnswerBytes),
    maxBytes: Number(maxBytes),
  }
}

/** Choices with the present value among them, which may have been set through the API. */
function withCurrent(
  choices: readonly { value: string; label: string }[],
  current: string,
  label: (value: string) => string,
) {
  if (choices.some(({ value }) => value === current)) return [...choices]
  return [...choices, { value: current, label: label(current) }]
}

function sizeText(kib: number): string {
  return kib >= KIB ? `${kib / KIB} MiB` : `${kib} KiB`
}
