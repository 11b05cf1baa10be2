import { minutesDigest } from '#core/board/minutes.ts'
import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { BoardMeeting } from '#prisma/generated/client.ts'
import { lockMeeting } from './board-access.ts'
import { changeMeetingRecord, rosterOf } from './meeting-record.ts'
import { ApproveMinutesInput } from './schema.ts'

export interface MinutesApproved {
  state: string
  approvals: number
  approvalsNeeded: number
}

/**
 * Approves the text of circulated minutes that has this digest, as a member who was there. The approval of most of the
 * voting members who attended freezes them: their SHA-256 is kept, and nothing changes them any more.
 */
export async function approveMinutes({ ctx, input }: VerbArgs): Promise<MinutesApproved> {
  requirePermission(ctx, 'board.vote')
  const { id, digest } = parseInput(ApproveMinutesInput, input)
  return transact(ctx, async tx => {
    const meeting = await lockMeeting(tx, ctx, id)
    const attended = await attendedBy(tx, ctx, meeting)
    const me = attended.find(({ personId }) => personId === ctx.actor.id)
    if (!me) throw new DomainError('permission_denied', 'Minutes are approved by the voting members who were there.')
    if (meeting.minutesState !== 'circulated') throw conflict('These minutes are not circulated.')
    if (minutesDigest(meeting.minutesText) !== digest) throw conflict('The minutes have changed. Read them again.')
    const { organizationId } = ctx
    await tx.boardMinutesApproval.createMany({
      data: [{ id: newId(), organizationId, meetingId: id, personId: me.personId, personName: me.name, digest }],
      skipDuplicates: true,
    })
    await audit(tx, ctx, {
      action: 'board_minutes.approved_by_member',
      subject: { kind: 'board_meeting', id, name: meeting.title },
      after: { member: me.name, digest },
    })
    const given = await tx.boardMinutesApproval.findMany({ where: { meetingId: id, digest }, orderBy: { id: 'asc' } })
    const needed = approvalsNeeded(attended.length)
    if (given.length >= needed) await freezeMinutes(tx, ctx, id, given.map(({ personName }) => personName).join(', '))
    else await announce(tx, ctx, 'board', id)
    const state = given.length >= needed ? 'approved' : 'circulated'
    return { state, approvals: given.length, approvalsNeeded: needed }
  })
}

/** Most of those who attended with a vote; at least one. */
export function approvalsNeeded(attended: number): number {
  return Math.max(1, Math.floor(attended / 2) + 1)
}

/** Freezes the minutes of a meeting with their hash, approved by persons or by a later meeting. Throws `conflict` unless they are circulated. */
export async function freezeMinutes(tx: Transaction, ctx: Context, id: string, approvedBy: string): Promise<void> {
  const meeting = await lockMeeting(tx, ctx, id)
  if (meeting.minutesState === 'approved') return
  if (meeting.minutesState !== 'circulated') throw conflict(`The minutes of ${meeting.title} are not circulated.`)
  const frozen = { minutesDigest: minutesDigest(meeting.minutesText), approvedAt: new Date(), approvedBy }
  await changeMeetingRecord(tx, ctx, meeting, {
    action: 'board_minutes.approved',
    reason: `Approved by ${approvedBy}`,
    data: { minutesState: 'approved', ...frozen },
  })
}

/** The voting members who were there for any part of a meeting. */
export async function attendedBy(
  tx: Transaction,
  ctx: Context,
  meeting: BoardMeeting,
): Promise<{ personId: string; name: string }[]> {
  const stays = await tx.boardStay.findMany({ where: { meetingId: meeting.id }, select: { personId: true } })
  const there = new Set(stays.map(({ personId }) => personId))
  return (await rosterOf(tx, ctx, meeting)).seats.filter(({ personId, votes }) => votes && there.has(personId))
}
