import 'server-only'
import type { z } from 'zod'
import { similarModels } from '#core/catalog/similar-models.ts'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { findModelRequest, modelRequestDto, readBeside } from './request-record.ts'
import type { ListModelRequestsQuery, ModelRequestDetailDto, ModelRequestDto, ModelRequestState } from './schema.ts'

const MOST_SIMILAR = 5

/** Requests for models, newest first. */
export function listModelRequests(
  ctx: Context,
  { state, search, cursor, limit }: z.output<typeof ListModelRequestsQuery>,
): Promise<Page<ModelRequestDto>> {
  requirePermission(ctx, 'models.read')
  const contains = { contains: search ?? '', mode: 'insensitive' } as const
  const found = search ? { OR: [{ identifier: contains }, { displayName: contains }, { requesterName: contains }] } : {}
  return read(ctx, async tx => {
    const rows = await tx.modelRequest.findMany({
      where: { AND: [{ organizationId: ctx.organizationId, ...(state ? { state } : {}) }, found, afterId(cursor)] },
      orderBy: { id: 'desc' },
      take: limit + 1,
    })
    const page = toPage(rows, limit, last => last.id)
    const beside = await readBeside(tx, ctx, page.data)
    return { ...page, data: page.data.map(row => modelRequestDto(row, beside)) }
  })
}

/** One request with what is like it; throws `not_found` for any other. */
export function getModelRequest(ctx: Context, id: string): Promise<ModelRequestDetailDto> {
  requirePermission(ctx, 'models.read')
  if (!isId(id)) throw notFound('model request')
  return read(ctx, async tx => {
    const request = await findModelRequest(tx, ctx, id)
    const { models, open } = await comparable(tx, ctx)
    const named = ({ id: one, identifier, displayName }: (typeof open)[number]) => ({
      id: one,
      identifier,
      displayName,
    })
    return {
      ...modelRequestDto(request, await readBeside(tx, ctx, [request])),
      similar: similarModels(request.identifier, models)
        .filter(model => model.id !== request.modelId)
        .slice(0, MOST_SIMILAR)
        .map(({ aliases, ...model }) => model),
      others: similarModels(
        request.identifier,
        open.filter(one => one.id !== id),
      )
        .slice(0, MOST_SIMILAR)
        .map(named),
    }
  })
}

/** What the form of a request offers, and what it compares the request with while it is written. */
export type RequestChoices = Awaited<ReturnType<typeof requestChoices>>

export function requestChoices(ctx: Context) {
  requirePermission(ctx, 'models.read')
  const { organizationId, actor } = ctx
  const named = { select: { id: true, name: true }, orderBy: { name: 'asc' } } as const
  return read(ctx, async tx => {
    const teams = await tx.team.findMany({ where: { organizationId, archivedAt: null }, ...named })
    const tiers = await tx.tier.findMany({ where: { organizationId }, orderBy: { rank: 'asc' } })
    return {
      ...(await comparable(tx, ctx)),
      providers: await tx.provider.findMany({ where: { organizationId, enabled: true }, ...named }),
      tiers: tiers.length > 0 ? tiers.map(({ name }) => name) : ['Public', 'Internal', 'Restricted'],
      teams,
      ownTeams: actor.kind === 'person' ? teams.filter(({ id }) => actor.teamIds.includes(id)) : teams,
    }
  })
}

/** How many requests wait in each state. */
export function countModelRequests(ctx: Context): Promise<Partial<Record<ModelRequestState, number>>> {
  requirePermission(ctx, 'models.read')
  return read(ctx, async tx => {
    const where = { organizationId: ctx.organizationId }
    const counts = await tx.modelRequest.groupBy({ by: ['state'], where, _count: { _all: true } })
    return Object.fromEntries(counts.map(({ state, _count }) => [state, _count._all]))
  })
}

/** Every version of a request, newest first. */
export function modelRequestHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'models.read')
  return read(ctx, async tx => {
    await findModelRequest(tx, ctx, id)
    return versionsOf(tx, ctx, { kind: 'model_request', id })
  })
}

async function comparable(tx: Transaction, { organizationId }: Context) {
  const names = { id: true, identifier: true, displayName: true } as const
  const models = await tx.model.findMany({
    where: { organizationId },
    select: { ...names, aliases: true, lifecycle: true },
  })
  const open = await tx.modelRequest.findMany({
    where: { organizationId, state: { in: ['in_review', 'awaiting_decision'] } },
    select: { ...names, requesterName: true },
  })
  return { models, open }
}
