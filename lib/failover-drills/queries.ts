import 'server-only'
import type { z } from 'zod'
import { Evidence, isStale } from '#core/evidence/evidence.ts'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import type { FailoverDrill } from '#prisma/generated/client.ts'
import { DRILL_PHASES, DRILL_STATES, type DrillDto, type ListDrillsQuery } from './schema.ts'

/** Drills of the organization, newest first. */
export function listDrills(ctx: Context, query: z.output<typeof ListDrillsQuery>): Promise<Page<DrillDto>> {
  requirePermission(ctx, 'routes.read')
  return read(ctx, async tx => {
    const rows = await tx.failoverDrill.findMany({
      where: {
        organizationId: ctx.organizationId,
        ...afterId(query.cursor),
        ...(query.modelId ? { modelId: query.modelId } : {}),
        ...(query.state ? { state: query.state } : {}),
      },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.id)
    return { ...page, data: page.data.map(drillDto) }
  })
}

/** One drill; throws `not_found` for any other. */
export function getDrill(ctx: Context, id: string): Promise<DrillDto> {
  requirePermission(ctx, 'routes.read')
  return read(ctx, async tx => {
    const where = { id, organizationId: ctx.organizationId }
    const drill = isId(id) ? await tx.failoverDrill.findFirst({ where }) : null
    if (!drill) throw notFound('failover drill')
    return drillDto(drill)
  })
}

export function drillDto(drill: FailoverDrill): DrillDto {
  const { id, modelId, modelName, occasion, startedByName, boundMs, recoveryMs, failure, evidenceHash } = drill
  const evidence = Evidence.nullable().parse(drill.evidence)
  const text = (moment: Date | null) => moment?.toISOString() ?? null
  return {
    ...{ id, modelId, boundMs, recoveryMs, failure, evidence, evidenceHash },
    model: modelName,
    occasion: occasion === 'schedule' ? 'schedule' : 'demand',
    startedBy: startedByName,
    state: DRILL_STATES.find(state => state === drill.state) ?? 'failed',
    phase: DRILL_PHASES.find(phase => phase === drill.phase) ?? null,
    createdAt: drill.createdAt.toISOString(),
    startedAt: text(drill.startedAt),
    endedAt: text(drill.endedAt),
    stale: evidence !== null && isStale(evidence, Date.now()),
  }
}
