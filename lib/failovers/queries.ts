import 'server-only'
import type { z } from 'zod'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import type { FailoverDto, ListFailoversQuery } from './schema.ts'

/** Failovers of the organization's deployments, newest first. */
export function listFailovers(ctx: Context, query: z.output<typeof ListFailoversQuery>): Promise<Page<FailoverDto>> {
  requirePermission(ctx, 'routes.read')
  return read(ctx, async tx => {
    const rows = await tx.failover.findMany({
      where: {
        organizationId: ctx.organizationId,
        ...afterId(query.cursor),
        ...(query.modelId ? { modelId: query.modelId } : {}),
        ...(query.state ? { endedAt: query.state === 'active' ? null : { not: null } } : {}),
      },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.id)
    const ids = page.data.flatMap(({ modelId, substituteId }) => [modelId, substituteId ?? modelId])
    const models = await tx.model.findMany({ where: { id: { in: ids } }, select: { id: true, identifier: true } })
    const names = new Map(models.map(({ id, identifier }) => [id, identifier]))
    const data = page.data.map(({ id, modelId, substituteId, reason, startedAt, endedAt }) => ({
      ...{ id, modelId, substituteId, reason },
      model: names.get(modelId) ?? null,
      substitute: substituteId === null ? null : (names.get(substituteId) ?? null),
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    }))
    return { ...page, data }
  })
}
