'use client'

import { useRouter } from 'next/navigation'
import { choicesOf } from '#components/form/choices.ts'
import { FormActions } from '#components/form/form-actions.tsx'
import { useFormValues } from '#components/form/use-form-values.ts'
import { useSubmit } from '#components/form/use-submit.ts'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { assessRiskAction, createRiskAction } from '#lib/risks/actions.ts'
import type { RiskDetailDto } from '#lib/risks/schema.ts'
import { CATEGORY_LABELS, IMPACTS, LIKELIHOODS, TREATMENT_LABELS } from './risk-words.ts'

type Values = {
  title: string
  category: string
  description: string
  likelihood: string
  impact: string
  residualLikelihood: string
  residualImpact: string
  treatment: string
  plan: string
  ownerId: string
  review: string
  reason: string
}

const grades = (labels: readonly string[]) =>
  labels.map((label, index) => ({ value: `${index + 1}`, label: `${index + 1} ${label}` }))

/** The one form of a risk: a new one, or one that is judged anew. */
export function RiskForm({ risk, people }: { risk?: RiskDetailDto; people: { value: string; label: string }[] }) {
  const [values, set] = useFormValues<Values>(() => valuesOf(risk))
  const { submit, pending, problem, errors } = useSubmit(risk ? assessRiskAction : createRiskAction)
  const router = useRouter()
  const send = () =>
    submit(risk ? { ...toInput(values), id: risk.id } : toInput(values), ({ id }) => {
      router.push(`/govern/risks/${id}`)
      router.refresh()
    })

  const grade = (
    label: string,
    field: 'likelihood' | 'impact' | 'residualLikelihood' | 'residualImpact',
    words: readonly string[],
  ) => (
    <Field label={label} nativeLabel={false} error={errors[field]}>
      <Select items={grades(words)} value={values[field]} onValueChange={value => set({ [field]: value })} />
    </Field>
  )

  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
      className="flex max-w-xl flex-col gap-5"
    >
      <Field label="What may go wrong" error={errors.title}>
        <Input
          required
          maxLength={120}
          value={values.title}
          onValueChange={title => set({ title })}
          autoComplete="off"
        />
      </Field>
      <Field label="Kind" nativeLabel={false}>
        <Select
          items={choicesOf(CATEGORY_LABELS)}
          value={values.category}
          onValueChange={category => set({ category })}
        />
      </Field>
      <Field label="How it comes about and whom it harms" error={errors.description}>
        <Textarea
          required
          rows={3}
          maxLength={2000}
          value={values.description}
          onChange={event => set({ description: event.target.value })}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        {grade('Likelihood, nothing done', 'likelihood', LIKELIHOODS)}
        {grade('Impact, nothing done', 'impact', IMPACTS)}
        {grade('Likelihood, with controls', 'residualLikelihood', LIKELIHOODS)}
        {grade('Impact, with controls', 'residualImpact', IMPACTS)}
      </div>
      <Field
        label="Treatment"
        nativeLabel={false}
        help="Accepting what stays high needs the approval of the board or an executive."
      >
        <Select
          items={choicesOf(TREATMENT_LABELS)}
          value={values.treatment}
          onValueChange={treatment => set({ treatment })}
        />
      </Field>
      <Field label="What is done about it" error={errors.plan}>
        <Textarea
          required
          rows={3}
          maxLength={2000}
          value={values.plan}
          onChange={event => set({ plan: event.target.value })}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Owner" nativeLabel={false} optional help="Is told before each review." error={errors.ownerId}>
          <Combobox items={people} value={values.ownerId} onValueChange={ownerId => set({ ownerId: ownerId ?? '' })} />
        </Field>
        <Field label="Next review" help="In UTC." error={errors.reviewAt}>
          <Input type="date" required value={values.review} onValueChange={review => set({ review })} />
        </Field>
      </div>
      {risk ? (
        <Field label="Reason" optional help="Stands in the history.">
          <Input maxLength={500} value={values.reason} onValueChange={reason => set({ reason })} />
        </Field>
      ) : null}
      <FormActions
        action={risk ? 'Save assessment' : 'Add risk'}
        refused="Nothing was changed"
        pending={pending}
        problem={problem}
        cancelHref={risk ? `/govern/risks/${risk.id}` : '/govern/risks'}
        onSubmit={send}
      />
    </form>
  )
}

const QUARTER_MS = 90 * 86_400_000

function valuesOf(risk: RiskDetailDto | undefined): Values {
  if (!risk) {
    const review = new Date(Date.now() + QUARTER_MS).toISOString().slice(0, 10)
    const texts = {
      title: '',
      category: 'data',
      description: '',
      treatment: 'mitigate',
      plan: '',
      ownerId: '',
      reason: '',
    }
    return { ...texts, likelihood: '3', impact: '3', residualLikelihood: '2', residualImpact: '3', review }
  }
  const { title, category, description, treatment, plan, ownerId, reviewAt } = risk
  return {
    ...{ title, category, description, treatment, plan, reason: '' },
    likelihood: String(risk.likelihood),
    impact: String(risk.impact),
    residualLikelihood: String(risk.residualLikelihood),
    residualImpact: String(risk.residualImpact),
    ownerId: ownerId ?? '',
    review: reviewAt.slice(0, 10),
  }
}

function toInput({ review, ownerId, likelihood, impact, residualLikelihood, residualImpact, ...texts }: Values) {
  return {
    ...texts,
    likelihood: Number(likelihood),
    impact: Number(impact),
    residualLikelihood: Number(residualLikelihood),
    residualImpact: Number(residualImpact),
    ownerId: ownerId || null,
    reviewAt: `${review}T12:00:00Z`,
  }
}
