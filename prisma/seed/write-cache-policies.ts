import { createCachePolicy } from '#lib/cache/create-policy.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { CACHE_POLICIES, type DemoCachePolicy } from './northwind/cache-policies.ts'
import { OPERATIONS } from './northwind/people.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'
import type { SeededOrganization } from './write-organization.ts'

export type SeededCachePolicy = DemoCachePolicy & { id: string; madeAt: number }

/** Makes the demonstration's cache policies, as operations did some weeks ago. */
export async function writeCachePolicies(
  tx: Transaction,
  ctx: Context,
  { now }: Scenario,
  { people }: SeededOrganization,
): Promise<SeededCachePolicy[]> {
  const { id, name, roles } = demand(people, OPERATIONS)
  const actor = { kind: 'person' as const, id, name, roles, teamIds: [], ledTeamIds: [] }
  const policies: SeededCachePolicy[] = []
  for (const plan of CACHE_POLICIES) {
    const { workload, ttlSeconds, deterministicOnly, includeTools, reason } = plan
    const rules = { ttlSeconds, deterministicOnly, includeTools }
    const input = { name: plan.name, scope: 'workload', target: workload, reason, ...rules }
    const policy = await createCachePolicy({ ctx: { ...ctx, actor }, input })
    const madeAt = now - plan.age * DAY_MS
    const createdAt = new Date(madeAt)
    await tx.cachePolicy.update({ where: { id: policy.id }, data: { createdAt, updatedAt: createdAt } })
    policies.push({ ...plan, id: policy.id, madeAt })
  }
  return policies
}
