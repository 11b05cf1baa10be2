import 'server-only'
import { z } from 'zod'
import { isId } from '#core/ids.ts'
import type { Context } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { BoardDecision, Prisma } from '#prisma/generated/client.ts'
import { toActionItemDto } from './action-item-record.ts'
import { type DecisionDetailDto, type DecisionDto, QuorumDto, TallyDto, VoteDto } from './dto.ts'
import { requireWholeBoard } from './queries.ts'
import type { BoardOutcome, ItemKind, ListDecisionsQuery } from './schema.ts'

const Result = z.strictObject({ state: z.string(), outcome: z.string() })

type Row = BoardDecision & { actionItems: { state: string }[] }

/** Decisions, newest first; the search looks into number, title, question and rationale. */
export function listDecisions(ctx: Context, query: ListDecisionsQuery): Promise<Page<DecisionDto>> {
  requireWholeBoard(ctx)
  return read(ctx, async tx => {
    const rows = await tx.boardDecision.findMany({
      where: { AND: [whereOf(ctx, query), afterId(query.cursor)] },
      include: { actionItems: { select: { state: true } } },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const names = await numbersOf(
      tx,
      ctx,
      rows.map(({ supersededById }) => supersededById),
    )
    return toPage(
      rows.map(row => toDecisionDto(row, names)),
      query.limit,
      last => last.id,
    )
  })
}

function whereOf(
  { organizationId }: Context,
  { search, outcome, year, kind, inForce }: ListDecisionsQuery,
): Prisma.BoardDecisionWhereInput {
  const words = search ? { contains: search, mode: 'insensitive' as const } : undefined
  const force = { outcome: 'carried', supersededById: null }
  return {
    organizationId,
    ...(outcome ? { outcome } : {}),
    ...(year ? { year } : {}),
    ...(kind ? { kind } : {}),
    ...(words ? { OR: [{ number: words }, { title: words }, { question: words }, { rationale: words }] } : {}),
    ...(inForce ? { AND: inForce === 'yes' ? force : { NOT: force } } : {}),
  }
}

/** One decision with its votes, conditions and history. */
export function getDecision(ctx: Context, id: string): Promise<DecisionDetailDto> {
  requireWholeBoard(ctx)
  if (!isId(id)) throw notFound('board decision')
  return read(ctx, async tx => {
    const row = await tx.boardDecision.findFirst({
      where: { id, organizationId: ctx.organizationId },
      include: { actionItems: { orderBy: { dueAt: 'asc' } } },
    })
    if (!row) throw notFound('board decision')
    const meeting = await tx.boardMeeting.findFirstOrThrow({ where: { id: row.meetingId } })
    const names = await numbersOf(tx, ctx, [row.supersededById, row.supersedesId])
    const { number, options, rationale, dissent, approvalId, snapshot, digest, votingRule } = row
    return {
      ...toDecisionDto(row, names),
      ...{ options, rationale, dissent, approvalId, snapshot, digest },
      votes: VoteDto.array().parse(row.votes),
      quorum: QuorumDto.parse(row.quorum),
      votingRule: votingRule as DecisionDetailDto['votingRule'],
      supersedes: named(row.supersedesId, names),
      result: row.result === null ? null : Result.parse(row.result),
      meeting: { id: meeting.id, title: meeting.title, number: meeting.number },
      actionItems: row.actionItems.map(item => toActionItemDto({ ...item, decision: { number } })),
      history: await versionsOf(tx, ctx, { kind: 'board_decision', id }),
    }
  })
}

async function numbersOf(
  tx: Transaction,
  { organizationId }: Context,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter(id => id !== null)
  if (known.length === 0) return new Map()
  const where = { organizationId, id: { in: known } }
  const rows = await tx.boardDecision.findMany({ where, select: { id: true, number: true } })
  return new Map(rows.map(({ id, number }) => [id, number]))
}

function named(id: string | null, names: ReadonlyMap<string, string>): { id: string; number: string } | null {
  return id === null ? null : { id, number: names.get(id) ?? '' }
}

function toDecisionDto(row: Row, names: ReadonlyMap<string, string>): DecisionDto {
  const { id, number, title, question, meetingId } = row
  return {
    ...{ id, number, title, question, meetingId },
    kind: row.kind as ItemKind,
    outcome: row.outcome as BoardOutcome,
    tally: TallyDto.parse(row.tally),
    decidedAt: row.decidedAt.toISOString(),
    effectiveFrom: row.effectiveFrom.toISOString(),
    reviewBy: row.reviewBy?.toISOString() ?? null,
    supersededBy: named(row.supersededById, names),
    openConditions: row.actionItems.filter(({ state }) => state === 'open').length,
  }
}
