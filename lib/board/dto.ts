import { z } from 'zod'
import { BOARD_ROLES, Cadence, QuorumRule, Seat, VOTING_RULES } from '#core/board/charter.ts'
import { BOARD_VOTES } from '#core/board/tally.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { ACTION_ITEM_STATES, ITEM_KINDS, ITEM_STATES, MEETING_STATES, MINUTES_STATES, OUTCOMES } from './schema.ts'

const Moment = z.iso.datetime()

export const BoardMemberDto = z.strictObject({
  id: z.uuid(),
  personId: z.uuid(),
  name: z.string(),
  role: z.enum(BOARD_ROLES),
  votes: z.boolean(),
  startsAt: Moment,
  endsAt: Moment.nullable(),
  /** Whether the term runs now. */
  inOffice: z.boolean(),
})
export type BoardMemberDto = z.infer<typeof BoardMemberDto>

export const CharterDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  purpose: z.string(),
  votingRule: z.enum(VOTING_RULES),
  quorum: QuorumRule,
  cadence: Cadence,
  version: z.int(),
  updatedAt: Moment,
  members: z.array(BoardMemberDto),
  /** Voting members that have to be present now. */
  quorumNeeded: z.int(),
})
export type CharterDto = z.infer<typeof CharterDto>

export const MeetingDto = z.strictObject({
  id: z.uuid(),
  number: z.int(),
  title: z.string(),
  startsAt: Moment,
  endsAt: Moment,
  timeZone: z.string(),
  location: z.string(),
  state: z.enum(MEETING_STATES),
  cancelReason: z.string().nullable(),
  openedAt: Moment.nullable(),
  closedAt: Moment.nullable(),
  minutesState: z.enum(MINUTES_STATES),
  items: z.int(),
  decisions: z.int(),
})
export type MeetingDto = z.infer<typeof MeetingDto>

export const QuorumDto = z.strictObject({ members: z.int(), present: z.int(), needed: z.int(), met: z.boolean() })
export const TallyDto = z.strictObject({
  for: z.int(),
  against: z.int(),
  abstain: z.int(),
  recused: z.int(),
  needed: z.int(),
  carried: z.boolean(),
})

export const VoteDto = z.strictObject({
  personId: z.uuid(),
  name: z.string(),
  vote: z.enum(BOARD_VOTES),
  reason: z.string(),
  /** Who recorded it, when it was not the member. */
  recordedBy: z.string().nullable(),
})
export type VoteDto = z.infer<typeof VoteDto>

/** What a request on the agenda asks for, as the board reads it. */
export const RequestOnAgendaDto = z.strictObject({
  kindTitle: z.string(),
  requesterName: z.string(),
  reason: z.string(),
  rule: z.string(),
  lines: z.array(z.strictObject({ label: z.string(), before: z.string().nullable(), after: z.string() })),
  digest: z.string(),
  expiresAt: Moment,
  /** Why the board cannot decide it now; null when it can. */
  hindrance: z.string().nullable(),
})

export const ItemDto = z.strictObject({
  id: z.uuid(),
  position: z.int(),
  kind: z.enum(ITEM_KINDS),
  title: z.string(),
  background: z.string(),
  motion: z.string(),
  options: z.array(z.string()),
  subjectId: z.uuid().nullable(),
  subjectHref: z.string().nullable(),
  notes: z.string(),
  state: z.enum(ITEM_STATES),
  outcome: z.string().nullable(),
  openedAt: Moment.nullable(),
  request: RequestOnAgendaDto.nullable(),
  votes: z.array(VoteDto),
  tally: TallyDto,
  /** With those recused from the item left out. */
  quorum: QuorumDto,
  decision: z.strictObject({ id: z.uuid(), number: z.string(), outcome: z.enum(OUTCOMES) }).nullable(),
})
export type ItemDto = z.infer<typeof ItemDto>

export const AttendeeDto = z.strictObject({
  ...Seat.shape,
  present: z.boolean(),
  stays: z.array(z.strictObject({ arrivedAt: Moment, leftAt: Moment.nullable() })),
})
export type AttendeeDto = z.infer<typeof AttendeeDto>

export const ActionItemDto = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['condition', 'action']),
  text: z.string(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  dueAt: Moment,
  overdue: z.boolean(),
  state: z.enum(ACTION_ITEM_STATES),
  evidence: z.string(),
  closedAt: Moment.nullable(),
  closedByName: z.string().nullable(),
  meetingId: z.uuid(),
  decisionId: z.uuid().nullable(),
  decisionNumber: z.string().nullable(),
})
export type ActionItemDto = z.infer<typeof ActionItemDto>

export const MinutesDto = z.strictObject({
  state: z.enum(MINUTES_STATES),
  text: z.string(),
  /** SHA-256 of the text as it is now, in hex. */
  digest: z.string(),
  circulatedAt: Moment.nullable(),
  approvedAt: Moment.nullable(),
  approvedBy: z.string().nullable(),
  approvals: z.array(z.strictObject({ personId: z.uuid(), name: z.string(), at: Moment })),
  approvalsNeeded: z.int(),
  comments: z.array(z.strictObject({ id: z.uuid(), authorName: z.string(), text: z.string(), at: Moment })),
})
export type MinutesDto = z.infer<typeof MinutesDto>

export const MeetingDetailDto = MeetingDto.extend({
  charterVersion: z.int(),
  votingRule: z.enum(VOTING_RULES),
  attendees: z.array(AttendeeDto),
  quorum: QuorumDto,
  agenda: z.array(ItemDto),
  actionItems: z.array(ActionItemDto),
  minutes: MinutesDto,
  history: z.array(RecordVersionDto),
  /** What the caller may do here. */
  may: z.strictObject({ manage: z.boolean(), vote: z.boolean() }),
})
export type MeetingDetailDto = z.infer<typeof MeetingDetailDto>

export const DecisionDto = z.strictObject({
  id: z.uuid(),
  number: z.string(),
  kind: z.enum(ITEM_KINDS),
  title: z.string(),
  question: z.string(),
  outcome: z.enum(OUTCOMES),
  tally: TallyDto,
  decidedAt: Moment,
  effectiveFrom: Moment,
  reviewBy: Moment.nullable(),
  supersededBy: z.strictObject({ id: z.uuid(), number: z.string() }).nullable(),
  meetingId: z.uuid(),
  openConditions: z.int(),
})
export type DecisionDto = z.infer<typeof DecisionDto>

export const DecisionDetailDto = DecisionDto.extend({
  options: z.array(z.string()),
  rationale: z.string(),
  dissent: z.string(),
  votes: z.array(VoteDto),
  quorum: QuorumDto,
  votingRule: z.enum(VOTING_RULES),
  supersedes: z.strictObject({ id: z.uuid(), number: z.string() }).nullable(),
  approvalId: z.uuid().nullable(),
  /** What became of the request it settled. */
  result: z.strictObject({ state: z.string(), outcome: z.string() }).nullable(),
  snapshot: z.unknown(),
  digest: z.string(),
  meeting: z.strictObject({ id: z.uuid(), title: z.string(), number: z.int() }),
  actionItems: z.array(ActionItemDto),
  history: z.array(RecordVersionDto),
})
export type DecisionDetailDto = z.infer<typeof DecisionDetailDto>

/** What recording a decision came to. */
export const RecordedDto = z.strictObject({
  /** False: somebody else had decided meanwhile, and the item says so. */
  recorded: z.boolean(),
  decisionId: z.uuid().nullable(),
  number: z.string().nullable(),
  outcome: z.string(),
})
export type RecordedDto = z.infer<typeof RecordedDto>
