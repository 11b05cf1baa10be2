import { decisionNumber } from '#core/board/decision-number.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { keepVersion } from '#lib/records/keep-version.ts'
import type { BoardDecision, BoardItem } from '#prisma/generated/client.ts'

/** The next number of a year. Without gaps: who comes second waits for the first, whose number is free again if it fails. */
export async function nextNumber(
  tx: Transaction,
  { organizationId }: Context,
  decidedAt: Date,
): Promise<{ year: number; sequence: number; number: string }> {
  const year = decidedAt.getUTCFullYear()
  const key = `${organizationId}${year}`
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('board_decision'), hashtext(${key}))::text`
  const { _max } = await tx.boardDecision.aggregate({ where: { organizationId, year }, _max: { sequence: true } })
  const sequence = (_max.sequence ?? 0) + 1
  return { year, sequence, number: decisionNumber(year, sequence) }
}

/** What an item is about, whole, as it is decided on. */
export async function snapshotOf(tx: Transaction, { organizationId }: Context, item: BoardItem): Promise<object> {
  const { kind, title, background, motion, options, subjectId } = item
  if (kind === 'request' && subjectId) {
    const request = await tx.approvalRequest.findFirst({ where: { id: subjectId, organizationId } })
    if (request) return request.snapshot as object
  }
  if (kind === 'minutes' && subjectId) {
    const meeting = await tx.boardMeeting.findFirst({ where: { id: subjectId, organizationId } })
    if (meeting) return { meeting: meeting.title, minutes: meeting.minutesText }
  }
  return { kind, title, background, motion, options, subjectId }
}

/** Keeps a decision as it is now as a version of its record. */
export async function keepDecision(
  tx: Transaction,
  ctx: Context,
  decision: BoardDecision,
  before: BoardDecision | null,
  reason: string,
): Promise<void> {
  await keepVersion(tx, ctx, {
    kind: 'board_decision',
    id: decision.id,
    name: decision.number,
    version: decision.version,
    document: { ...decision, decidedAt: decision.decidedAt.toISOString() },
    before: before && inWords(before),
    after: inWords(decision),
    action: before ? 'board_decision.superseded' : 'board_decision.recorded',
    reason,
  })
}

/** Marks a decision as replaced by a later one. Throws `not_found`, or `conflict` when it is replaced already. */
export async function supersede(tx: Transaction, ctx: Context, id: string, by: BoardDecision): Promise<void> {
  const before = await tx.boardDecision.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!before) throw notFound('board decision')
  if (before.supersededById) throw conflict(`${before.number} is superseded already.`)
  const data = { supersededById: by.id, version: before.version + 1 }
  const after = await tx.boardDecision.update({ where: { id }, data })
  await keepDecision(tx, ctx, after, before, `Superseded by ${by.number}`)
}

function inWords(decision: BoardDecision) {
  const { question, outcome, rationale, dissent, digest } = decision
  return {
    ...{ question, outcome, rationale },
    dissent: dissent || null,
    'in force': decision.supersededById === null ? 'yes' : 'superseded',
    'effective from': decision.effectiveFrom.toISOString(),
    'review by': decision.reviewBy?.toISOString() ?? null,
    'SHA-256 of the subject': digest,
  }
}
