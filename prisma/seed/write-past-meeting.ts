import { snapshotDigest } from '#core/approvals/snapshot.ts'
import { decisionNumber } from '#core/board/decision-number.ts'
import { minutesDigest } from '#core/board/minutes.ts'
import { quorumOf } from '#core/board/quorum.ts'
import { tallyVotes } from '#core/board/tally.ts'
import { draftMinutes } from '#lib/board/draft-minutes.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { BoardMeeting, Prisma } from '#prisma/generated/client.ts'
import { tuesdayAfter } from './board-day.ts'
import { CHARTER, MEMBERS, type PastItem, type PastMeeting, SECRETARY } from './northwind/board.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'
import { writeBoardRequest } from './write-board-request.ts'
import { contextOf } from './write-budgets.ts'
import type { SeededOrganization } from './write-organization.ts'

const MINUTE_MS = 60_000

type People = SeededOrganization['people']

interface Held {
  past: PastMeeting
  number: number
  before: BoardMeeting | null
}

/** A meeting of the board that was held, with what it decided and its minutes. */
export async function writePastMeeting(
  tx: Transaction,
  scenario: Scenario,
  people: People,
  { past, number, before }: Held,
): Promise<BoardMeeting> {
  const { organizationId, random, now } = scenario
  const startsAt = new Date(tuesdayAfter(now - past.days * DAY_MS))
  const after = (minutes: number) => new Date(startsAt.getTime() + minutes * MINUTE_MS)
  const seats = MEMBERS.map(({ name, role }) => ({ personId: demand(people, name).id, name, role, votes: true }))
  const roster = { charterVersion: 1, votingRule: CHARTER.votingRule, quorum: CHARTER.quorum, seats }
  const meeting = await tx.boardMeeting.create({
    data: {
      ...{
        id: random.id(startsAt.getTime()),
        organizationId,
        number,
        title: `Review board meeting ${number}`,
        startsAt,
      },
      ...{
        minutes: 60,
        timeZone: CHARTER.cadence.timeZone,
        location: 'Amsterdam, room Vermeer',
        state: 'held',
        roster,
      },
      ...{ openedAt: after(2), closedAt: after(51), createdAt: new Date(startsAt.getTime() - 20 * DAY_MS) },
    },
  })
  const there = seats.filter(({ name }) => !past.absent.includes(name))
  await tx.boardStay.createMany({
    data: there.map(({ personId, name }) => ({
      ...{ id: random.id(startsAt.getTime()), organizationId, meetingId: meeting.id, personId, personName: name },
      ...{ arrivedAt: after(past.late[name] ?? 2), leftAt: after(51) },
    })),
  })
  for (const [at, item] of past.items.entries()) {
    const decidedAt = after(16 + at * 14)
    await writeItem(tx, scenario, people, { item, position: at + 1, meeting, there, decidedAt, before })
  }
  for (const task of past.tasks) await writeTask(tx, scenario, people, meeting, null, task)
  return approveMinutes(tx, scenario, meeting, SECRETARY, people)
}

interface Decided {
  item: PastItem
  position: number
  meeting: BoardMeeting
  there: { personId: string; name: string; role: string; votes: boolean }[]
  decidedAt: Date
  before: BoardMeeting | null
}

async function writeItem(tx: Transaction, scenario: Scenario, people: People, held: Decided): Promise<void> {
  const { organizationId, random } = scenario
  const { item, position, meeting, there, decidedAt, before } = held
  const { title, kind, background, motion, options = [], notes = '', rationale, dissent = '' } = item
  const [itemId, id] = [random.id(meeting.createdAt.getTime()), random.id(decidedAt.getTime())]
  const votes = there.map(({ personId, name }) => {
    const [vote, reason] = item.votes[name] ?? ['for' as const, '']
    return { personId, name, vote, reason, recordedBy: null }
  })
  const tally = tallyVotes(
    CHARTER.votingRule,
    votes.map(({ vote }) => vote),
  )
  const numbered = await nextNumber(tx, organizationId, decidedAt)
  const request =
    kind === 'request' ? await writeBoardRequest(tx, scenario, people, { id, numbered, item, decidedAt }) : null
  const subjectId = request?.id ?? (kind === 'minutes' ? (before?.id ?? null) : null)
  const words = { kind, title, background, motion, options }
  const closed = { state: 'decided', openedAt: new Date(decidedAt.getTime() - 6 * MINUTE_MS), closedAt: decidedAt }
  await tx.boardItem.create({
    data: { id: itemId, organizationId, meetingId: meeting.id, position, subjectId, notes, ...words, ...closed },
  })
  await tx.boardVote.createMany({
    data: votes.map(({ personId, name, vote, reason }) => ({
      ...{ id: random.id(decidedAt.getTime()), organizationId, itemId, personId, personName: name, vote, reason },
      ...{ recordedById: personId, recordedByName: name, createdAt: decidedAt },
    })),
  })
  const recused = new Set(votes.filter(({ vote }) => vote === 'recused').map(({ personId }) => personId))
  const present = new Set(there.map(({ personId }) => personId))
  const seats = MEMBERS.map(({ name, role }) => ({ personId: demand(people, name).id, name, role, votes: true }))
  const snapshot = request?.snapshot ?? { ...words, subjectId }
  const decision = {
    ...{ id, organizationId, ...numbered, meetingId: meeting.id, itemId, kind, title, question: motion, options },
    ...{ outcome: tally.carried ? 'carried' : 'not_carried', rationale, dissent, votes, tally: { ...tally } },
    quorum: { ...quorumOf(CHARTER.quorum, seats, present, recused) },
    ...{ votingRule: CHARTER.votingRule, effectiveFrom: decidedAt, decidedAt },
    reviewBy: item.reviewAfter ? new Date(decidedAt.getTime() + item.reviewAfter * DAY_MS) : null,
    approvalId: request?.id ?? null,
    ...(request ? { result: { state: 'approved', outcome: request.outcome } } : {}),
    ...{ snapshot, digest: snapshotDigest(snapshot) },
  }
  await tx.boardDecision.create({ data: decision })
  for (const condition of item.conditions ?? []) await writeTask(tx, scenario, people, meeting, id, condition)
  await keep(tx, scenario, people, {
    kind: 'board_decision',
    recordId: id,
    document: { ...decision, decidedAt: decidedAt.toISOString() },
    changes: [{ field: 'outcome', before: null, after: decision.outcome }],
    reason: rationale,
    createdAt: decidedAt,
  })
}

async function writeTask(
  tx: Transaction,
  scenario: Scenario,
  people: People,
  meeting: BoardMeeting,
  decisionId: string | null,
  [text, owner, days, evidence]: [string, string, number, string | null],
): Promise<void> {
  const { organizationId, random, now } = scenario
  const at = meeting.closedAt ?? meeting.startsAt
  const dueAt = new Date(now + days * DAY_MS)
  const closedAt = new Date(dueAt.getTime() - DAY_MS)
  const id = random.id(at.getTime())
  await tx.boardActionItem.create({
    data: {
      ...{ id, organizationId, meetingId: meeting.id, decisionId, text, dueAt, createdAt: at },
      ...{ kind: decisionId ? 'condition' : 'action', ownerId: demand(people, owner).id, ownerName: owner },
      ...(evidence ? { state: 'done', evidence, closedAt, closedByName: owner } : {}),
    },
  })
  await keep(tx, scenario, people, {
    kind: 'board_action_item',
    recordId: id,
    document: { text, owner, due: dueAt.toISOString().slice(0, 10) },
    changes: [{ field: 'text', before: null, after: text }],
    reason: '',
    createdAt: at,
  })
}

/** The minutes as the portal drafts them, approved two days later by most of those who were there. */
async function approveMinutes(
  tx: Transaction,
  scenario: Scenario,
  meeting: BoardMeeting,
  secretary: string,
  people: People,
): Promise<BoardMeeting> {
  const { organizationId, random } = scenario
  const closedAt = meeting.closedAt ?? meeting.startsAt
  const [circulatedAt, approvedAt] = [new Date(closedAt.getTime() + DAY_MS), new Date(closedAt.getTime() + 2 * DAY_MS)]
  const minutesText = await draftMinutes(tx, contextOf(tx, scenario, demand(people, secretary), []), meeting)
  const digest = minutesDigest(minutesText)
  const approvers = ['Noor de Vries', 'Amina Khalil', 'Grace Okafor']
  await tx.boardMinutesApproval.createMany({
    data: approvers.map(name => ({
      ...{ id: random.id(approvedAt.getTime()), organizationId, meetingId: meeting.id, digest, createdAt: approvedAt },
      ...{ personId: demand(people, name).id, personName: name },
    })),
  })
  const data = { minutesState: 'approved', minutesText, minutesDigest: digest, circulatedAt, approvedAt }
  const approvedBy = approvers.join(', ')
  const after = await tx.boardMeeting.update({ where: { id: meeting.id }, data: { ...data, approvedBy } })
  await keep(tx, scenario, people, {
    kind: 'board_meeting',
    recordId: meeting.id,
    document: { title: meeting.title, minutesText },
    changes: [{ field: 'state of the minutes', before: null, after: 'approved' }],
    reason: `Approved by ${approvedBy}`,
    createdAt: approvedAt,
  })
  return after
}

interface Kept {
  kind: string
  recordId: string
  document: object
  changes: { field: string; before: string | null; after: string }[]
  reason: string
  createdAt: Date
}

async function keep(tx: Transaction, scenario: Scenario, people: People, kept: Kept): Promise<void> {
  const { id: authorId, name: authorName } = demand(people, SECRETARY)
  await tx.recordVersion.create({
    data: {
      ...{ id: scenario.random.id(kept.createdAt.getTime()), organizationId: scenario.organizationId, version: 1 },
      ...{ ...kept, document: kept.document as Prisma.InputJsonObject, authorKind: 'person', authorId, authorName },
    },
  })
}

async function nextNumber(tx: Transaction, organizationId: string, at: Date) {
  const year = at.getUTCFullYear()
  const sequence = 1 + (await tx.boardDecision.count({ where: { organizationId, year } }))
  return { year, sequence, number: decisionNumber(year, sequence) }
}
