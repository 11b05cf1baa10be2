'use client'

import { useRouter } from 'next/navigation'
import { FormActions } from '#components/form/form-actions.tsx'
import { useFormValues } from '#components/form/use-form-values.ts'
import { useSubmit } from '#components/form/use-submit.ts'
import { Section } from '#components/page/section.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { requestExemptionAction } from '#lib/exemptions/actions.ts'
import type { ExemptionChoices } from '#lib/exemptions/choices.ts'
import { ConditionFields, RiskFields, SubjectFields } from './exemption-form-parts.tsx'
import { EMPTY_EXEMPTION, type ExemptionFormValues, toExemptionInput } from './exemption-form-values.ts'
import { ScopeFields } from './exemption-scope-fields.tsx'

/** The one form of an exemption. Each help text says what gateways do because of the value. */
export function ExemptionForm({ choices, given }: { choices: ExemptionChoices; given: Partial<ExemptionFormValues> }) {
  const [values, set] = useFormValues<ExemptionFormValues>({ ...EMPTY_EXEMPTION, ...given })
  const { submit, pending, problem, errors } = useSubmit(requestExemptionAction)
  const router = useRouter()
  const part = { values, set, errors }

  const send = () => submit(toExemptionInput(values), ({ id }) => router.push(`/govern/exemptions/${id}`))

  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
      className="flex max-w-xl flex-col gap-8"
    >
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
      <FormActions
        action="Ask for it"
        refused="Nothing was asked for"
        pending={pending}
        problem={problem}
        cancelHref="/govern/exemptions"
        onSubmit={send}
      />
    </form>
  )
}
