'use client'

import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'
import { choicesOf } from '#components/form/choices.ts'
import { TimeZoneField } from '#components/form/time-zone-field.tsx'
import { useFormValues } from '#components/form/use-form-values.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { Cadence, QuorumRule, VotingRule } from '#core/board/charter.ts'
import { setCharterAction } from '#lib/board/actions.ts'
import { VOTING_RULE_WORDS, WEEKDAYS } from '#lib/board/board-words.ts'
import type { CharterDto } from '#lib/board/dto.ts'
import { Problem } from './problem.tsx'
import { QUORUM_CHOICES, quorumChoiceOf, quorumOfChoice } from './quorum-choices.ts'
import { useRun } from './use-run.ts'

const EVERY: Record<Cadence['every'], string> = {
  week: 'Every week',
  two_weeks: 'Every two weeks',
  month: 'Every month',
  quarter: 'Every quarter',
}

type Values = {
  name: string
  purpose: string
  votingRule: VotingRule
  quorum: QuorumRule
  cadence: Cadence
  reason: string
}

const EMPTY: Values = {
  name: 'AI review board',
  purpose: '',
  votingRule: 'simple_majority',
  quorum: { kind: 'majority' },
  cadence: { every: 'month', weekday: 1, week: 2, time: '14:00', timeZone: 'UTC', minutes: 60 },
  reason: '',
}

/** The one form of the charter. */
export function CharterForm({ charter }: { charter: CharterDto | null }) {
  const [values, set] = useFormValues<Values>(charter ? { ...pick(charter), reason: '' } : EMPTY)
  const { run, pending, problem } = useRun()
  const router = useRouter()
  const setCadence = (change: Partial<Cadence>) => set(before => ({ cadence: { ...before.cadence, ...change } }))
  const { cadence } = values

  function submit(event: FormEvent) {
    event.preventDefault()
    run(
      () => setCharterAction(values),
      () => router.push('/govern/board/charter'),
    )
  }

  return (
    <form onSubmit={submit} className="flex max-w-2xl flex-col gap-5">
      <Field label="Name">
        <Input required maxLength={160} value={values.name} onValueChange={name => set({ name })} />
      </Field>
      <Field label="Purpose" help="What the board decides, and what it watches over.">
        <Textarea
          required
          rows={4}
          maxLength={5_000}
          value={values.purpose}
          onChange={event => set({ purpose: event.target.value })}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="A motion is carried by" nativeLabel={false} help="Abstentions count neither for nor against.">
          <Select
            items={choicesOf(VOTING_RULE_WORDS)}
            value={values.votingRule}
            onValueChange={votingRule => set({ votingRule })}
          />
        </Field>
        <Field label="Quorum" nativeLabel={false} help="Without it no decision can be recorded.">
          <Select
            items={QUORUM_CHOICES}
            value={quorumChoiceOf(values.quorum)}
            onValueChange={choice => set(before => ({ quorum: quorumOfChoice(choice, before.quorum) }))}
          />
        </Field>
        {values.quorum.kind === 'number' ? (
          <Field label="Voting members present">
            <Input
              type="number"
              min={1}
              max={50}
              value={String(values.quorum.members)}
              onValueChange={text => set({ quorum: { kind: 'number', members: Number(text) } })}
            />
          </Field>
        ) : null}
      </div>
      <fieldset className="grid gap-5 sm:grid-cols-2">
        <legend className="mb-2 font-medium text-sm">When it meets</legend>
        <Field label="How often" nativeLabel={false}>
          <Select items={choicesOf(EVERY)} value={cadence.every} onValueChange={every => setCadence({ every })} />
        </Field>
        <Field label="Weekday" nativeLabel={false}>
          <Select
            items={WEEKDAYS.map((label, at) => ({ value: String(at), label }))}
            value={String(cadence.weekday)}
            onValueChange={weekday => setCadence({ weekday: Number(weekday) })}
          />
        </Field>
        {cadence.every === 'month' || cadence.every === 'quarter' ? (
          <Field label="Which one of the month" nativeLabel={false}>
            <Select
              items={['First', 'Second', 'Third', 'Fourth'].map((label, at) => ({ value: String(at + 1), label }))}
              value={String(cadence.week)}
              onValueChange={week => setCadence({ week: Number(week) })}
            />
          </Field>
        ) : null}
        <Field label="Time">
          <Input type="time" required value={cadence.time} onValueChange={time => setCadence({ time })} />
        </Field>
        <TimeZoneField value={cadence.timeZone} onValueChange={timeZone => setCadence({ timeZone })} />
        <Field label="Minutes">
          <Input
            type="number"
            min={15}
            max={480}
            value={String(cadence.minutes)}
            onValueChange={text => setCadence({ minutes: Number(text) })}
          />
        </Field>
      </fieldset>
      <Field label="Reason" optional help="Stands in the history of the charter.">
        <Input maxLength={500} value={values.reason} onValueChange={reason => set({ reason })} />
      </Field>
      <Problem text={problem} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          {charter ? 'Save as a new version' : 'Write the charter'}
        </Button>
        <ButtonLink href={charter ? '/govern/board/charter' : '/govern/board'} variant="ghost" size="lg">
          Cancel
        </ButtonLink>
      </div>
    </form>
  )
}

function pick({ name, purpose, votingRule, quorum, cadence }: CharterDto): Omit<Values, 'reason'> {
  return { name, purpose, votingRule, quorum, cadence }
}
