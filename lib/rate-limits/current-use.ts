import { z } from 'zod'
import { RateUse } from '#core/contracts/replica-status.ts'
import { LOST_AFTER_SECONDS } from '#lib/gateway-fleet/replica-silence.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const Stats = z.object({ rates: z.array(RateUse) })

/** What is used of a limit, by the id of each that it counts for. */
export type Uses = Map<string, number>

/**
 * What the gateways that live said last of these limits. Replicas that share their counts each say the whole; others
 * say their part of it.
 */
export async function currentUse(tx: Transaction, limitIds: readonly string[]): Promise<Map<string, Uses>> {
  const wanted = new Set(limitIds)
  const since = new Date(Date.now() - LOST_AFTER_SECONDS * 1_000)
  const replicas = await tx.gatewayReplica.findMany({ where: { lastSeenAt: { gte: since } }, select: { stats: true } })
  const found = new Map<string, Uses>()
  for (const { stats } of replicas) {
    for (const { limitId, countedFor, used, shared } of Stats.safeParse(stats).data?.rates ?? []) {
      if (!wanted.has(limitId)) continue
      const uses = found.get(limitId) ?? new Map<string, number>()
      const known = uses.get(countedFor) ?? 0
      uses.set(countedFor, shared ? Math.max(known, used) : known + used)
      found.set(limitId, uses)
    }
  }
  return found
}
