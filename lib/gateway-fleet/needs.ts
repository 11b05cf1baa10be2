import { needOf } from '#lib/home/need-of.ts'
import type { HomeItem } from '#lib/home/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { listReplicas } from './queries.ts'

/** Gateways that run degraded or are not heard of, for those who run them. */
export async function fleetNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (!scopeOf(ctx.actor, 'providers.manage') || !scopeOf(ctx.actor, 'gateway.read')) return []
  const { data } = await listReplicas({ ...ctx, tx })
  const unwell = data.filter(replica => replica.state === 'degraded' || replica.state === 'lost')
  return unwell.map(replica => ({
    ...needOf(
      'replica_unwell',
      replica.state === 'lost' ? 'danger' : 'warning',
      `/operate/gateway?replica=${replica.id}`,
    ),
    title: replica.state === 'lost' ? `${replica.name} is not heard of` : `${replica.name} runs degraded`,
    detail: `Last heartbeat ${replica.lastSeenAt}`,
  }))
}
