'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { Section } from '#components/page/section.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { requestExemptionAction } from '#lib/exemptions/actions.ts'
import type { ExemptionChoices } from '#lib/exemptions/choices.ts'
import { ConditionFields, RiskFields, ScopeFields, SubjectFields } from './exemption-form-parts.tsx'
import { EMPTY_EXEMPTION, type ExemptionFormValues, toExemptionInput } from './exemption-form-values.ts'

/** The one form of an exemption. Each help text says what gateways do because of the value. */
export function ExemptionForm({ choices, given }: { choices: ExemptionChoices; given: Partial<ExemptionFormValues> }) {
  const [values, setValues] = useState<ExemptionFormValues>({ ...EMPTY_EXEMPTION, ...given })
  const [problem, setProblem] = useState<{ message: string; fields: Record<string, string> }>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const set = (change: Partial<ExemptionFormValues>) => setValues(before => ({ ...before, ...change }))
  const errors = problem?.fields ?? {}
  const part = { values, set, errors }

  function submit(event: FormEvent) {
    event.preventDefault()
    setProblem(undefined)
    startTransition(async () => {
      const result = await requestExemptionAction(toExemptionInput(values))
      if (result.ok) return router.push(`/govern/exemptions/${result.data.id}`)
      const fields = result.error.fields.map(({ field, message }) => [field, message])
      setProblem({ message: result.error.message, fields: Object.fromEntries(fields) })
    })
  }

  return (
    <form onSubmit={submit} className="flex max-w-xl flex-col gap-8">
      <div className="flex flex-col gap-5">
        <Field label="Title" error={errors.title}>
          <Input
            required
            maxLength={120}
            value={values.title}
            onValueChange={title => set({ title })}
            autoComplete="off"
          />
        </Field>
        <ScopeFields {...part} choices={choices} />
        <SubjectFields {...part} choices={choices} />
        <Field label="Why it is needed" error={errors.justification}>
          <Textarea
            required
            rows={3}
            maxLength={2000}
            value={values.justification}
            onChange={event => set({ justification: event.target.value })}
          />
        </Field>
      </div>
      <Section title="Risk">
        <div className="flex flex-col gap-5">
          <RiskFields {...part} />
        </div>
      </Section>
      <Section title="Time and conditions">
        <div className="flex flex-col gap-5">
          <div className="grid gap-5 sm:grid-cols-2">
            <Field label="From" optional help="Its approval, unless later." error={errors.startsAt}>
              <Input type="date" value={values.starts} onValueChange={starts => set({ starts })} />
            </Field>
            <Field
              label="Until the end of"
              help={`In UTC. At most ${choices.policy.maxDays[values.kind]} days; gateways refuse from that second on.`}
              error={errors.endsAt}
            >
              <Input type="date" required value={values.ends} onValueChange={ends => set({ ends })} />
            </Field>
          </div>
          <ConditionFields {...part} />
        </div>
      </Section>
      {problem ? (
        <Callout tone="bad" live title="Nothing was asked for">
          {problem.message}
        </Callout>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          Ask for it
        </Button>
        <ButtonLink href="/govern/exemptions" variant="ghost" size="lg">
          Cancel
        </ButtonLink>
      </div>
    </form>
  )
}
