import 'server-only'
import { isId } from '#core/ids.ts'
import { criteriaFor, effectOf } from '#core/workloads/criteria.ts'
import { TRANSITIONS, type WorkloadLifecycle } from '#core/workloads/lifecycle.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import { findWorkload, seesInside } from './find-workload.ts'
import type { TransitionDto, WorkloadCallerDto } from './schema.ts'
import { reclaimedBy } from './transition-kind.ts'
import { factsOf } from './workload-facts.ts'

const WEEK_MS = 7 * 86_400_000
const MOST_CALLERS = 50

/** Where a workload may go from where it stands, what has to hold for it, and what would end with it; keys for who may see them. */
export function listTransitions(ctx: Context, id: string): Promise<TransitionDto[]> {
  requirePermission(ctx, 'workloads.read')
  if (!isId(id)) throw notFound('workload')
  return read(ctx, async tx => {
    const workload = await findWorkload(tx, ctx, id)
    const now = new Date()
    const { sunsetAt, migrationPlan } = workload
    const seesKeys = seesInside(ctx, 'keys.read', workload)
    const facts = await factsOf(tx, workload, { sunsetAt, migrationPlan }, now)
    const found: TransitionDto[] = []
    for (const to of TRANSITIONS[workload.lifecycle as WorkloadLifecycle]) {
      const reclaimed = (await reclaimedBy(tx, workload, to)).filter(({ kind }) => kind !== 'key' || seesKeys)
      found.push({ to, effect: effectOf(to), criteria: criteriaFor(to, facts, now), reclaimed })
    }
    return found
  })
}

/** Whose keys called a workload in seven days, the busiest first; nothing for who may not see its keys. */
export function listCallers(ctx: Context, id: string): Promise<WorkloadCallerDto[]> {
  requirePermission(ctx, 'workloads.read')
  if (!isId(id)) throw notFound('workload')
  return read(ctx, async tx => {
    const workload = await findWorkload(tx, ctx, id)
    if (!seesInside(ctx, 'keys.read', workload)) return []
    const { organizationId, slug } = workload
    const rows = await tx.$queryRaw<
      { key: string | null; name: string; team: string; requests: bigint; last: Date | null }[]
    >`
      select r.key_id as key, coalesce(max(k.name), 'a removed key') as name, coalesce(max(t.name), '') as team,
        sum(r.requests)::bigint as requests, max(r.last_at) as last
      from usage_rollups r
      left join api_keys k on k.id = r.key_id and k.organization_id = r.organization_id
      left join teams t on t.id = r.team_id and t.organization_id = r.organization_id
      where r.organization_id = ${organizationId}::uuid and r.workload = ${slug}
        and r.hour >= ${new Date(Date.now() - WEEK_MS)}
      group by 1 order by 4 desc limit ${MOST_CALLERS}`
    return rows.map(({ key, name, team, requests, last }) => ({
      keyId: key,
      keyName: name,
      teamName: team,
      requests: Number(requests),
      lastAt: last?.toISOString() ?? null,
    }))
  })
}
