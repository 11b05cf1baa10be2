import { isId, newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, invalid, notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { BoardItem, BoardMeeting } from '#prisma/generated/client.ts'
import { lockItem, requireManager } from './board-access.ts'
import { changeMeetingRecord, rosterOf } from './meeting-record.ts'
import { PutItemInput, VoteInput } from './schema.ts'

/** Takes an item up: it is what the meeting speaks about, on every screen. There is one at a time. */
export async function takeUpItem({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'board.manage')
  const { id } = parseInput(PutItemInput, input)
  return transact(ctx, async tx => {
    const { item, meeting } = await lockForSession(tx, ctx, id)
    if (item.state !== 'open') throw conflict('This item is taken up already, or has ended.')
    const where = { meetingId: meeting.id, state: 'current' }
    await tx.boardItem.updateMany({ where, data: { state: 'open' } })
    await tx.boardItem.update({ where: { id }, data: { state: 'current' } })
    await audit(tx, ctx, { action: 'board_item.taken_up', subject: subjectOf(item) })
    await announce(tx, ctx, 'board', meeting.id)
    return { id }
  })
}

/**
 * Puts an item's motion to the vote. Who asked for, owns or wrote what is decided is recused at once: they neither vote
 * nor count towards the quorum of it.
 */
export async function putMotion({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'board.manage')
  const { id } = parseInput(PutItemInput, input)
  return transact(ctx, async tx => {
    const { item, meeting } = await lockForSession(tx, ctx, id)
    if (!['open', 'current'].includes(item.state)) throw conflict('This item is voted on already, or has ended.')
    const recused = await conflictedOf(tx, ctx, item)
    const { seats } = await rosterOf(tx, ctx, meeting)
    const write = async () => {
      const others = { meetingId: meeting.id, state: 'current', id: { not: id } }
      await tx.boardItem.updateMany({ where: others, data: { state: 'open' } })
      await tx.boardItem.update({ where: { id }, data: { state: 'voting', openedAt: new Date() } })
      await tx.boardVote.createMany({
        data: seats
          .filter(({ personId, votes }) => votes && recused.has(personId))
          .map(seat => ({
            id: newId(),
            organizationId: ctx.organizationId,
            itemId: id,
            personId: seat.personId,
            personName: seat.name,
            vote: 'recused',
            reason: recused.get(seat.personId) ?? '',
            recordedByName: 'the portal',
          })),
      })
    }
    await changeMeetingRecord(tx, ctx, meeting, { action: 'board_meeting.motion_put', reason: item.motion, write })
    return { id }
  })
}

/** Votes on the motion that is put: for oneself, or as the secretary for a member who is present. It can be changed until the decision. */
export async function voteOnItem({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  const { id, vote, reason, personId = ctx.actor.id } = parseInput(VoteInput, input)
  const own = personId === ctx.actor.id
  requirePermission(ctx, own ? 'board.vote' : 'board.manage')
  return transact(ctx, async tx => {
    const { item, meeting } = await lockItem(tx, ctx, id)
    if (!own) await requireManager(tx, ctx)
    const seat = (await rosterOf(tx, ctx, meeting)).seats.find(one => one.personId === personId && one.votes)
    if (!seat && own) throw new DomainError('permission_denied', 'The charter gives you no vote on the review board.')
    if (!seat) throw notFound('voting member')
    if (meeting.state !== 'in_session' || item.state !== 'voting') throw conflict('This motion is not put to the vote.')
    if (vote === 'recused' && reason === '') throw invalid('reason', 'Say what the conflict of interest is.')
    const here = await tx.boardStay.count({ where: { meetingId: meeting.id, personId: seat.personId, leftAt: null } })
    if (here === 0) throw conflict(`${seat.name} is not present. Only who is there votes.`)
    const where = { itemId_personId: { itemId: id, personId: seat.personId } }
    const before = await tx.boardVote.findUnique({ where })
    if (before && before.recordedById === null) {
      throw new DomainError('permission_denied', `${seat.name} is recused: ${before.reason}`)
    }
    const { organizationId, actor } = ctx
    const cast = {
      vote,
      reason,
      recordedById: isId(actor.id ?? '') ? actor.id : newId(),
      recordedByName: actor.name,
      createdAt: new Date(),
    }
    await tx.boardVote.upsert({
      where,
      create: { id: newId(), organizationId, itemId: id, personId: seat.personId, personName: seat.name, ...cast },
      update: cast,
    })
    await audit(tx, ctx, {
      action: 'board_item.voted',
      subject: subjectOf(item),
      ...(before ? { before: { member: seat.name, vote: before.vote } } : {}),
      after: { member: seat.name, vote },
      ...(reason ? { reason } : {}),
    })
    await announce(tx, ctx, 'board', meeting.id)
    return { id }
  })
}

/** Who may not decide an item, with the reason. */
async function conflictedOf(tx: Transaction, ctx: Context, item: BoardItem): Promise<Map<string, string>> {
  if (item.kind !== 'request' || item.subjectId === null) return new Map()
  const request = await tx.approvalRequest.findFirst({
    where: { id: item.subjectId, organizationId: ctx.organizationId },
    select: { excludedIds: true, requesterId: true },
  })
  const reasonOf = (id: string) => (id === request?.requesterId ? 'asked for it' : 'owns or wrote what is decided')
  return new Map((request?.excludedIds ?? []).map(id => [id, `Conflict of interest: ${reasonOf(id)}`]))
}

async function lockForSession(
  tx: Transaction,
  ctx: Context,
  id: string,
): Promise<{ item: BoardItem; meeting: BoardMeeting }> {
  const found = await lockItem(tx, ctx, id)
  await requireManager(tx, ctx)
  if (found.meeting.state !== 'in_session') throw conflict('This meeting is not in session.')
  const where = { meetingId: found.meeting.id, state: 'voting' }
  const voting = await tx.boardItem.findFirst({ where })
  if (voting) throw conflict(`“${voting.title}” is being voted on. Record the decision or put it off first.`)
  return found
}

function subjectOf({ id, title }: BoardItem) {
  return { kind: 'board_item', id, name: title }
}
