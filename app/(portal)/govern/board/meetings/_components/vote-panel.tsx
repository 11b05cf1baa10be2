'use client'

import { useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { BOARD_VOTES, type BoardVote } from '#core/board/tally.ts'
import { voteOnItemAction } from '#lib/board/actions.ts'
import { VOTING_RULE_WORDS } from '#lib/board/board-words.ts'
import type { ItemDto, MeetingDetailDto } from '#lib/board/dto.ts'
import { tallyText, VOTE_WORDS } from '../../_components/page-words.ts'
import { Problem } from '../../_components/problem.tsx'
import { useRun } from '../../_components/use-run.ts'
import type { PersonChoice } from './agenda.tsx'
import { RecordDecision } from './record-decision.tsx'

/** A motion that is put: the question, one's own vote, how it stands, and who has voted how. */
export function VotePanel({
  item,
  meeting,
  viewerId,
  people,
}: {
  item: ItemDto
  meeting: MeetingDetailDto
  viewerId: string | null
  people: readonly PersonChoice[]
}) {
  const { run, pending, problem } = useRun()
  const [recusing, setRecusing] = useState(false)
  const mine = item.votes.find(({ personId }) => personId === viewerId)
  const me = meeting.attendees.find(({ personId, votes }) => personId === viewerId && votes)
  const fixed = mine?.vote === 'recused' && mine.recordedBy === 'the portal'
  const cast = (vote: BoardVote, reason = '') => run(() => voteOnItemAction({ id: item.id, vote, reason }))
  return (
    <div className="flex flex-col gap-4 sm:pl-11">
      <p className="text-balance font-[450] text-lg">{item.motion}</p>
      {me && !me.present ? <p className="text-muted text-sm">Say that you are here to vote.</p> : null}
      {fixed ? <p className="text-muted text-sm">You are recused. {mine?.reason}.</p> : null}
      {me?.present && !fixed ? (
        <fieldset className="flex flex-wrap gap-2">
          <legend className="sr-only">Your vote</legend>
          {(['for', 'against', 'abstain'] as const).map(vote => (
            <Button
              key={vote}
              size="lg"
              className="max-sm:flex-1"
              variant={mine?.vote === vote ? 'primary' : 'secondary'}
              aria-pressed={mine?.vote === vote}
              disabled={pending}
              onClick={() => cast(vote)}
            >
              {vote === 'abstain' ? 'Abstain' : VOTE_WORDS[vote].label}
            </Button>
          ))}
          <Button size="lg" variant="ghost" disabled={pending} onClick={() => setRecusing(true)}>
            Recuse myself
          </Button>
        </fieldset>
      ) : null}
      <Standing item={item} meeting={meeting} />
      <Votes item={item} meeting={meeting} />
      <Problem text={problem} />
      {meeting.may.manage ? <RecordDecision item={item} people={people} /> : null}
      {recusing ? (
        <Recuse
          onClose={() => setRecusing(false)}
          onSubmit={reason => {
            setRecusing(false)
            cast('recused', reason)
          }}
        />
      ) : null}
    </div>
  )
}

function Standing({ item, meeting }: { item: ItemDto; meeting: MeetingDetailDto }) {
  const { tally, quorum } = item
  const cast = tally.for + tally.against
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm" aria-live="polite">
      <Badge tone={tally.carried ? 'ok' : cast === 0 ? 'neutral' : 'bad'}>
        {cast === 0 ? 'No votes yet' : tally.carried ? 'Would be carried' : 'Would not be carried'}
      </Badge>
      <span className="font-medium tabular-nums">{tallyText(item)}</span>
      <span className="text-muted">Needs {VOTING_RULE_WORDS[meeting.votingRule]}.</span>
      {quorum.met ? null : (
        <Badge tone="bad">
          No quorum for this: {quorum.present} of {quorum.needed}
        </Badge>
      )}
    </div>
  )
}

/** Each voting member with their vote; who runs the board records it for those who are there. */
function Votes({ item, meeting }: { item: ItemDto; meeting: MeetingDetailDto }) {
  const { run, pending, problem } = useRun()
  const record = (personId: string, vote: BoardVote) => {
    const reason = vote === 'recused' ? 'Said so at the meeting' : ''
    run(() => voteOnItemAction({ id: item.id, personId, vote, reason }))
  }
  return (
    <div>
      <ul aria-label="Votes" className="text-sm">
        {meeting.attendees
          .filter(({ votes }) => votes)
          .map(({ personId, name, present }) => {
            const vote = item.votes.find(each => each.personId === personId)
            const fixed = vote?.recordedBy === 'the portal'
            return (
              <li key={personId} className="flex min-h-10 items-center gap-3 border-line border-b py-1">
                <span className="min-w-0 flex-1">
                  {name}
                  {vote?.reason ? <span className="block text-muted text-xs">{vote.reason}</span> : null}
                  {vote?.recordedBy && !fixed ? (
                    <span className="block text-muted text-xs">recorded by {vote.recordedBy}</span>
                  ) : null}
                </span>
                {meeting.may.manage && present && !fixed ? (
                  <Select
                    size="sm"
                    className="w-32"
                    aria-label={`Vote of ${name}`}
                    placeholder="Not yet"
                    disabled={pending}
                    value={vote?.vote ?? null}
                    items={BOARD_VOTES.map(value => ({ value, label: VOTE_WORDS[value].label }))}
                    onValueChange={value => record(personId, value)}
                  />
                ) : vote ? (
                  <Badge tone={VOTE_WORDS[vote.vote].tone}>{VOTE_WORDS[vote.vote].label}</Badge>
                ) : (
                  <span className="text-muted">{present ? 'Not yet' : 'Absent'}</span>
                )}
              </li>
            )
          })}
      </ul>
      <Problem text={problem} />
    </div>
  )
}

function Recuse({ onClose, onSubmit }: { onClose: () => void; onSubmit: (reason: string) => void }) {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title="Recuse yourself"
      description="You neither vote nor count towards the quorum of this item."
      open
      onOpenChange={open => {
        if (!open) onClose()
      }}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button variant="primary" disabled={reason.trim() === ''} onClick={() => onSubmit(reason.trim())}>
            Recuse myself
          </Button>
        </>
      }
    >
      <Field label="Conflict of interest">
        <Textarea rows={2} maxLength={1_000} value={reason} onChange={event => setReason(event.target.value)} />
      </Field>
    </Dialog>
  )
}
