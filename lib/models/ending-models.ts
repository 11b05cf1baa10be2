import 'server-only'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { sql } from '#lib/platform/sql.ts'
import { read } from '#lib/platform/transaction.ts'
import { usageWhere } from '#lib/usage/rollup-sql.ts'
import { substitutesOf } from './model-dto.ts'

const DAY_MS = 86_400_000
const DAYS = 30

/** A model that ends, or that its provider ends, with who would notice. */
export interface EndingModel {
  id: string
  identifier: string
  displayName: string
  providerName: string
  lifecycle: string
  /** When the gateways refuse it; null: no day is set. */
  sunsetAt: string | null
  providerEnd: { on: string; source: string } | null
  /** Within the viewer's reach, in the last thirty days. */
  requests: number
  keys: number
  substitutes: string[]
}

/** Models with an end that somebody set, here or at the provider, the nearest first. */
export function endingModels(ctx: Context): Promise<EndingModel[]> {
  requirePermission(ctx, 'models.read')
  const to = new Date()
  const where = usageWhere(ctx, { from: new Date(to.getTime() - DAYS * DAY_MS), to }, {})
  return read(ctx, async tx => {
    const { organizationId } = ctx
    const ends = { OR: [{ sunsetAt: { not: null } }, { providerEndsOn: { not: null } }] }
    const models = await tx.model.findMany({
      where: { organizationId, lifecycle: { in: ['approved', 'restricted', 'deprecated'] }, ...ends },
      include: { provider: { select: { name: true } }, prices: { take: 0 } },
    })
    const ids = models.map(model => model.id)
    const uses = await tx.$queryRaw<{ id: string; requests: number; keys: number }[]>(sql`
      select model_id as id, sum(requests)::int as requests, count(distinct key_id)::int as keys
      from usage_rollups where ${where} and model_id = any(${ids}::uuid[]) group by 1`)
    const names = await tx.model.findMany({ where: { organizationId }, select: { id: true, identifier: true } })
    const byId = new Map(names.map(({ id, identifier }) => [id, identifier]))
    return models
      .map(model => {
        const use = uses.find(one => one.id === model.id)
        return {
          ...{ id: model.id, identifier: model.identifier, displayName: model.displayName },
          providerName: model.provider.name,
          lifecycle: model.lifecycle,
          sunsetAt: model.sunsetAt?.toISOString() ?? null,
          providerEnd: model.providerEndsOn && {
            on: model.providerEndsOn.toISOString().slice(0, 10),
            source: model.providerEndSource,
          },
          ...{ requests: use?.requests ?? 0, keys: use?.keys ?? 0 },
          substitutes: substitutesOf(model).flatMap(({ modelId }) => byId.get(modelId) ?? []),
        }
      })
      .sort((a, b) => endOf(a).localeCompare(endOf(b)))
  })
}

function endOf({ sunsetAt, providerEnd }: EndingModel): string {
  return sunsetAt ?? providerEnd?.on ?? '9999'
}
