import { snapshotDigest } from '#core/approvals/snapshot.ts'
import { newId } from '#core/ids.ts'
import { decideAsBoard, hindranceOfBoard, lockForBoard } from '#lib/approvals/decide-as-board.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { BoardDecision, BoardItem, BoardMeeting, Prisma } from '#prisma/generated/client.ts'
import { addActionItems } from './action-item-record.ts'
import { freezeMinutes } from './approve-minutes.ts'
import { findPerson, lockItem, requireManager } from './board-access.ts'
import { keepDecision, nextNumber, snapshotOf, supersede } from './decision-record.ts'
import type { RecordedDto } from './dto.ts'
import { changeMeetingRecord } from './meeting-record.ts'
import { DecideItemInput } from './schema.ts'
import { decidableStanding, type Standing } from './standing-of-item.ts'

type Said = ReturnType<typeof DecideItemInput.parse>

/** What the approval engine made of a decision; `overtaken` when there was nothing left to decide. */
type Settled = { overtaken: string } | { overtaken: null; result: { state: string; outcome: string } | null }

/**
 * Records what the vote decided, and does it in the same transaction: a request is settled through the approval engine,
 * minutes are frozen, an earlier decision is superseded. Throws `conflict` without a quorum or without a vote. When
 * somebody has settled the request meanwhile nothing is recorded, and the item says so.
 */
export async function decideItem({ ctx, input }: VerbArgs): Promise<RecordedDto> {
  requirePermission(ctx, 'board.manage')
  const said = parseInput(DecideItemInput, input)
  return transact(ctx, async tx => {
    const { item, meeting } = await lockItem(tx, ctx, said.id)
    await requireManager(tx, ctx)
    if (meeting.state !== 'in_session' || item.state !== 'voting') throw conflict('This motion is not put to the vote.')
    const standing = await decidableStanding(tx, ctx, meeting, item)
    if (!standing.tally.carried && said.conditions.length > 0) {
      throw invalid('conditions', 'A motion that is not carried has no conditions.')
    }
    const id = newId()
    const decidedAt = new Date()
    const snapshot = await snapshotOf(tx, ctx, item)
    const numbered = await nextNumber(tx, ctx, decidedAt)
    const settled = await settleRequest(tx, ctx, item, { id, number: numbered.number, said, standing })
    if (settled.overtaken !== null) return overtake(tx, ctx, meeting, item, settled.overtaken)
    const decision = await tx.boardDecision.create({
      data: {
        ...{ id, organizationId: ctx.organizationId, ...numbered, meetingId: meeting.id, itemId: item.id, decidedAt },
        ...{ kind: item.kind, title: item.title, question: item.motion, options: item.options },
        outcome: standing.tally.carried ? 'carried' : 'not_carried',
        rationale: said.rationale,
        dissent: said.dissent,
        votes: standing.votes,
        tally: { ...standing.tally },
        quorum: { ...standing.quorum },
        votingRule: standing.votingRule,
        effectiveFrom: said.effectiveFrom ? new Date(said.effectiveFrom) : decidedAt,
        reviewBy: said.reviewBy === null ? null : new Date(said.reviewBy),
        supersedesId: supersededBy(item, said, standing),
        approvalId: item.kind === 'request' ? item.subjectId : null,
        ...(settled.result ? { result: settled.result } : {}),
        snapshot: snapshot as Prisma.InputJsonObject,
        digest: snapshotDigest(snapshot),
      },
    })
    await follow(tx, ctx, { decision, item, meeting, said })
    const outcome = settled.result?.outcome ?? (standing.tally.carried ? 'Carried.' : 'Not carried.')
    return { recorded: true, decisionId: id, number: decision.number, outcome }
  })
}

/** All that a decision brings with it, besides what it settles. */
async function follow(
  tx: Transaction,
  ctx: Context,
  { decision, item, meeting, said }: { decision: BoardDecision; item: BoardItem; meeting: BoardMeeting; said: Said },
): Promise<void> {
  await keepDecision(tx, ctx, decision, null, said.rationale)
  if (decision.supersedesId) await supersede(tx, ctx, decision.supersedesId, decision)
  const owned = []
  for (const { text, ownerId, dueAt } of said.conditions) {
    owned.push({ text, dueAt: new Date(dueAt), owner: await findPerson(tx, ctx, ownerId) })
  }
  const of = { meetingId: meeting.id, decisionId: decision.id, kind: 'condition' as const }
  await addActionItems(tx, ctx, of, owned)
  if (item.kind === 'minutes' && item.subjectId && decision.outcome === 'carried') {
    await freezeMinutes(tx, ctx, item.subjectId, `${meeting.title} (${decision.number})`)
  }
  await changeMeetingRecord(tx, ctx, meeting, {
    action: 'board_meeting.item_decided',
    reason: `${decision.number}: ${decision.title}`,
    write: () =>
      tx.boardItem.update({ where: { id: item.id }, data: { state: 'decided', closedAt: decision.decidedAt } }),
  })
}

/** A review that does not keep its decision in force replaces it. */
function supersededBy(item: BoardItem, said: Said, { tally }: Standing): string | null {
  if (said.supersedesId !== null) return said.supersedesId
  return item.kind === 'review' && !tally.carried ? item.subjectId : null
}

async function settleRequest(
  tx: Transaction,
  ctx: Context,
  item: BoardItem,
  { id, number, said, standing }: { id: string; number: string; said: Said; standing: Standing },
): Promise<Settled> {
  if (item.kind !== 'request' || item.subjectId === null) return { overtaken: null, result: null }
  const request = await lockForBoard(tx, ctx, item.subjectId)
  const hindrance = request ? hindranceOfBoard(request) : 'The request is not there any more.'
  if (!request || hindrance) return { overtaken: hindrance ?? '' }
  const { state, outcome } = await decideAsBoard(tx, ctx, {
    request,
    decision: { id, number },
    vote: standing.tally.carried ? 'approve' : 'reject',
    reason: said.rationale.slice(0, 900),
    conditions: said.conditions.map(({ text }) => text),
    voterIds: standing.votes.filter(({ vote }) => vote === 'for' || vote === 'against').map(each => each.personId),
  })
  return state === 'voided' ? { overtaken: outcome } : { overtaken: null, result: { state, outcome } }
}

async function overtake(
  tx: Transaction,
  ctx: Context,
  meeting: BoardMeeting,
  item: BoardItem,
  words: string,
): Promise<RecordedDto> {
  const data = { state: 'overtaken', outcome: words, closedAt: new Date() }
  const write = () => tx.boardItem.update({ where: { id: item.id }, data })
  await changeMeetingRecord(tx, ctx, meeting, { action: 'board_meeting.item_overtaken', reason: words, write })
  return { recorded: false, decisionId: null, number: null, outcome: words }
}
