import { formatCount } from '#components/format.ts'
import type { Tone } from '#components/ui/badge.tsx'
import type { BoardVote } from '#core/board/tally.ts'
import type { DecisionDto, ItemDto, MeetingDto } from '#lib/board/dto.ts'
import type { BoardOverview } from '#lib/board/queries.ts'
import type { BoardOutcome, ItemKind, ItemState, MeetingState, MinutesState } from '#lib/board/schema.ts'

type Word = { label: string; tone: Tone }

export const MEETING_WORDS: Record<MeetingState, Word> = {
  scheduled: { label: 'Scheduled', tone: 'info' },
  in_session: { label: 'In session', tone: 'warn' },
  held: { label: 'Held', tone: 'ok' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
}

export const MINUTES_WORDS: Record<MinutesState, Word> = {
  none: { label: 'No minutes yet', tone: 'neutral' },
  draft: { label: 'Minutes drafted', tone: 'warn' },
  circulated: { label: 'Minutes circulated', tone: 'info' },
  approved: { label: 'Minutes approved', tone: 'ok' },
}

export const ITEM_WORDS: Record<ItemState, Word> = {
  open: { label: 'Open', tone: 'neutral' },
  current: { label: 'Taken up', tone: 'info' },
  voting: { label: 'Vote open', tone: 'warn' },
  decided: { label: 'Decided', tone: 'ok' },
  discussed: { label: 'Discussed', tone: 'ok' },
  deferred: { label: 'Put off', tone: 'neutral' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
  overtaken: { label: 'Decided elsewhere', tone: 'bad' },
}

export const KIND_WORDS: Record<ItemKind, string> = {
  request: 'Request',
  proposal: 'Proposal',
  review: 'Review',
  action: 'Action item',
  minutes: 'Minutes',
}

export const OUTCOME_WORDS: Record<BoardOutcome, Word> = {
  carried: { label: 'Carried', tone: 'ok' },
  not_carried: { label: 'Not carried', tone: 'bad' },
}

export const VOTE_WORDS: Record<BoardVote, Word> = {
  for: { label: 'For', tone: 'ok' },
  against: { label: 'Against', tone: 'bad' },
  abstain: { label: 'Abstains', tone: 'neutral' },
  recused: { label: 'Recused', tone: 'info' },
}

/** "3 for, 1 against, 1 recused" */
export function tallyText({ tally }: Pick<ItemDto, 'tally'>): string {
  const rest = [
    tally.abstain > 0 ? `${tally.abstain} abstained` : null,
    tally.recused > 0 ? `${tally.recused} recused` : null,
  ]
  return [`${tally.for} for`, `${tally.against} against`, ...rest].filter(Boolean).join(', ')
}

/** A moment in the meeting's own zone: "Tue 24 Nov 2026, 14:00". */
export function meetingMoment(at: string, timeZone: string): string {
  const format = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, ...format }).format(new Date(at))
  // The only month that British English shortens to four letters.
  return `${day.replace('Sept', 'Sep')}, ${clock(at, timeZone)}`
}

/** "14:05" in a zone. */
export function clock(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}

/** The heading of the board's first page. */
export function boardHeadline({ charter, meetings }: Pick<BoardOverview, 'charter' | 'meetings'>): string {
  if (!charter) return 'There is no review board yet'
  const now = meetings.find(({ state }) => state === 'in_session')
  if (now) return `${now.title} is in session`
  const next = nextOf(meetings)
  if (!next) return 'No meeting of the review board is scheduled'
  return `${next.title} is on ${meetingMoment(next.startsAt, next.timeZone)}, with ${formatCount(next.items, 'item')}`
}

/** The meeting that comes next. */
export function nextOf(meetings: readonly MeetingDto[]): MeetingDto | undefined {
  const scheduled = meetings.filter(({ state }) => state === 'scheduled')
  return scheduled.sort((a, b) => a.startsAt.localeCompare(b.startsAt))[0]
}

/** The heading of a meeting's page: what it is about now. */
export function meetingHeadline(
  meeting: MeetingDto & { agenda: readonly ItemDto[]; quorum: ItemDto['quorum'] },
): string {
  const { title, state, agenda, quorum } = meeting
  if (state === 'cancelled') return `${title} was cancelled`
  if (state === 'scheduled') return `${title}: ${formatCount(agenda.length, 'item')} to deal with`
  if (state === 'held') return `${title}: ${formatCount(meeting.decisions, 'decision')}`
  if (!quorum.met) return `${title}: no quorum, ${quorum.present} of ${quorum.needed} are present`
  const voting = agenda.find(item => item.state === 'voting')
  if (voting) return `Voting on: ${voting.title}`
  const left = agenda.filter(item => item.state === 'open' || item.state === 'current').length
  return `${title}: ${left === 0 ? 'everything is dealt with' : `${formatCount(left, 'item')} left`}`
}

/** Whether a decision is in force, in a word. */
export function forceOf({ outcome, supersededBy }: Pick<DecisionDto, 'outcome' | 'supersededBy'>): Word {
  if (supersededBy) return { label: `Superseded by ${supersededBy.number}`, tone: 'neutral' }
  return OUTCOME_WORDS[outcome]
}
