'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { decideItemAction, endItemAction } from '#lib/board/actions.ts'
import type { ItemDto } from '#lib/board/dto.ts'
import { endOfDay } from '../../_components/days.ts'
import { tallyText } from '../../_components/page-words.ts'
import { Problem } from '../../_components/problem.tsx'
import { useRun } from '../../_components/use-run.ts'
import type { PersonChoice } from './agenda.tsx'

type Condition = { key: number; text: string; ownerId: string; due: string }

/** Records what the vote decided: with it, what it decides is done. */
export function RecordDecision({ item, people }: { item: ItemDto; people: readonly PersonChoice[] }) {
  const { tally, quorum, request } = item
  const [open, setOpen] = useState(false)
  const [rationale, setRationale] = useState('')
  const [dissent, setDissent] = useState('')
  const [reviewBy, setReviewBy] = useState('')
  const [conditions, setConditions] = useState<readonly Condition[]>([])
  const { run, pending, problem } = useRun()
  const putOff = useRun()
  const votes = tally.for + tally.against
  const record = () =>
    run(
      () =>
        decideItemAction({
          id: item.id,
          rationale,
          dissent,
          reviewBy: endOfDay(reviewBy),
          conditions: tally.carried
            ? conditions.map(({ text, ownerId, due }) => ({ text, ownerId, dueAt: endOfDay(due) ?? '' }))
            : [],
        }),
      () => setOpen(false),
    )
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Dialog
        title={tally.carried ? 'Record: carried' : 'Record: not carried'}
        description={`${tallyText(item)}. ${effectOf(item)}`}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button variant="primary" size="lg" disabled={!quorum.met || votes === 0}>
            Record the decision
          </Button>
        }
        footer={
          <>
            <DialogClose render={<Button>Back to the vote</Button>} />
            <Button variant="primary" loading={pending} onClick={record}>
              Record the decision
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          {request && tally.carried ? (
            <Callout tone="info">It is carried out at once: gateways obey it within a second.</Callout>
          ) : null}
          <Field label="Rationale" help="Whoever asked reads it.">
            <Textarea
              rows={3}
              maxLength={5_000}
              value={rationale}
              onChange={event => setRationale(event.target.value)}
            />
          </Field>
          {tally.against > 0 || !tally.carried ? (
            <Field label="Dissent" optional help="What those say whose view did not prevail.">
              <Textarea rows={2} maxLength={5_000} value={dissent} onChange={event => setDissent(event.target.value)} />
            </Field>
          ) : null}
          {tally.carried ? <Conditions value={conditions} onChange={setConditions} people={people} /> : null}
          <Field label="Review by" optional help="It comes onto an agenda again by then.">
            <Input type="date" value={reviewBy} onValueChange={setReviewBy} />
          </Field>
          <Problem text={problem} />
        </div>
      </Dialog>
      <Button
        size="lg"
        variant="ghost"
        loading={putOff.pending}
        onClick={() => putOff.run(() => endItemAction({ id: item.id, as: 'deferred' }))}
      >
        Put off
      </Button>
      {quorum.met ? null : <span className="text-muted text-sm">Without a quorum nothing is decided.</span>}
      <Problem text={putOff.problem} />
    </div>
  )
}

function effectOf({ request, kind, tally }: ItemDto): string {
  if (request) return tally.carried ? 'The request is approved.' : 'The request is rejected.'
  if (kind === 'minutes') return tally.carried ? 'The minutes are frozen.' : 'The minutes stay open.'
  if (kind === 'review') return tally.carried ? 'The decision stays in force.' : 'The decision is no longer in force.'
  return 'It gets the next number of the register.'
}

function Conditions({
  value,
  onChange,
  people,
}: {
  value: readonly Condition[]
  onChange: (change: (before: readonly Condition[]) => Condition[]) => void
  people: readonly PersonChoice[]
}) {
  const set = (key: number, change: Partial<Condition>) =>
    onChange(before => before.map(each => (each.key === key ? { ...each, ...change } : each)))
  const add = () =>
    onChange(before => [...before, { key: (before.at(-1)?.key ?? 0) + 1, text: '', ownerId: '', due: '' }])
  return (
    <div className="flex flex-col gap-3">
      {value.map(({ key, text, ownerId, due }, at) => (
        <fieldset key={key} className="flex flex-col gap-2 rounded-lg border border-line p-3">
          <legend className="px-1 text-muted text-xs">Condition {at + 1}</legend>
          <Field label="What must hold">
            <Input maxLength={300} value={text} onValueChange={next => set(key, { text: next })} />
          </Field>
          <div className="grid gap-2 sm:grid-cols-[1fr_10rem_auto] sm:items-end">
            <Field label="Who sees to it" nativeLabel={false}>
              <Select items={people} value={ownerId || null} onValueChange={next => set(key, { ownerId: next })} />
            </Field>
            <Field label="Due">
              <Input type="date" value={due} onValueChange={next => set(key, { due: next })} />
            </Field>
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove condition ${at + 1}`}
              onClick={() => onChange(before => before.filter(each => each.key !== key))}
            >
              <X aria-hidden />
            </Button>
          </div>
        </fieldset>
      ))}
      <Button size="sm" className="self-start" onClick={add}>
        <Plus aria-hidden />
        Add a condition
      </Button>
    </div>
  )
}
