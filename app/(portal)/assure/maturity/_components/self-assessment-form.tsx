'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Section } from '#components/page/section.tsx'
import { useShortcut } from '#components/shortcuts/use-shortcut.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Input } from '#components/ui/input.tsx'
import { SegmentedControl } from '#components/ui/segmented-control.tsx'
import { toast } from '#components/ui/toast.ts'
import { LAYER_NAMES, LAYERS } from '#core/maturity/criterion.ts'
import { answerSelfAssessmentAction } from '#lib/maturity/actions.ts'
import type { Answer, CriterionDto } from '#lib/maturity/schema.ts'
import { ANSWER_LABELS, STATES } from './maturity-words.ts'

type Question = Pick<CriterionDto, 'id' | 'text' | 'layer' | 'state'> & { answer: Answer | null; note: string }

const CHOICES = Object.entries(ANSWER_LABELS).map(([value, label]) => ({ value: value as Answer, label }))

/** One's own answers, layer by layer; what the records say shows once one has answered. */
export function SelfAssessmentForm({ questions }: { questions: readonly Question[] }) {
  const [changed, setChanged] = useState<ReadonlyMap<string, { answer: Answer; note: string }>>(new Map())
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  const answerOf = (question: Question) => changed.get(question.id) ?? question
  const answered = questions.filter(question => answerOf(question).answer !== null).length

  function change(question: Question, part: { answer?: Answer; note?: string }) {
    const { answer, note } = { ...answerOf(question), ...part }
    setChanged(new Map(changed).set(question.id, { answer: answer ?? 'unsure', note }))
  }

  function save() {
    startTransition(async () => {
      const answers = [...changed].map(([criterionId, each]) => ({ criterionId, ...each }))
      const result = await answerSelfAssessmentAction({ answers })
      setProblem(result.ok ? null : result.error.message)
      if (!result.ok) return
      setChanged(new Map())
      toast.success('Your answers are kept')
      router.refresh()
    })
  }

  useShortcut('mod+Enter', save, { description: 'Save the answers' })

  return (
    <form
      className="flex flex-col gap-7"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      {LAYERS.map(layer => {
        const own = questions.filter(question => question.layer === layer)
        if (own.length === 0) return null
        return (
          <Section key={layer} title={LAYER_NAMES[layer]}>
            <ul className="divide-y divide-line">
              {own.map(question => (
                <li key={question.id} className="flex flex-col gap-2 py-3">
                  <p className="text-sm">
                    {question.text}
                    {question.answer === null ? null : (
                      <span className="ml-2 inline-flex items-center gap-1.5 text-muted text-xs">
                        the records: <Badge tone={STATES[question.state].tone}>{STATES[question.state].label}</Badge>
                      </span>
                    )}
                  </p>
                  <div className="flex flex-wrap items-center gap-2">
                    <SegmentedControl
                      label={`${question.id}: do we meet it?`}
                      items={CHOICES}
                      value={answerOf(question).answer ?? ('' as Answer)}
                      onValueChange={answer => change(question, { answer })}
                    />
                    <Input
                      aria-label={`${question.id}: why`}
                      placeholder="Why, in a few words"
                      maxLength={500}
                      className="min-w-48 flex-1"
                      value={answerOf(question).note}
                      onValueChange={note => change(question, { note })}
                    />
                  </div>
                </li>
              ))}
            </ul>
          </Section>
        )
      })}
      {problem ? (
        <Callout tone="bad" live>
          {problem}
        </Callout>
      ) : null}
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" loading={pending} disabled={changed.size === 0}>
          Save answers
        </Button>
        <span className="text-muted text-sm tabular-nums">
          {answered} of {questions.length} answered
        </span>
      </div>
    </form>
  )
}
