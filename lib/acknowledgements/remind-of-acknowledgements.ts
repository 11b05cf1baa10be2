import { notify } from '#lib/notices/notify.ts'
import { tellEach } from '#lib/notices/tell-each.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import { stillAsked } from '#lib/policies/audience.ts'
import { askedVersion, findPolicy } from '#lib/policies/find-policy.ts'

const DAY_MS = 86_400_000
/** Days after a policy was circulated, the latest first. */
const DAYS_AFTER = [14, 7, 3] as const

/**
 * Reminds everybody who is still asked for a policy 3, 7 and 14 days after it was circulated. Each reminder comes once
 * however often this runs. Returns how many were written.
 */
export async function remindOfAcknowledgements(now = new Date()): Promise<number> {
  const due = await databases().system.policyVersion.findMany({
    where: {
      state: { in: ['ratified', 'legal_reviewed'] },
      circulatedAt: { lte: new Date(now.getTime() - Math.min(...DAYS_AFTER) * DAY_MS) },
      policy: { archivedAt: null },
    },
    select: { id: true, organizationId: true, policyId: true },
  })
  return tellEach(due, ({ organizationId, policyId }) => remindOne(organizationId, policyId, now))
}

function remindOne(organizationId: string, policyId: string, now: Date): Promise<number> {
  const ctx = systemContext(organizationId, 'policies')
  return transact(ctx, async tx => {
    const policy = await findPolicy(tx, ctx, policyId)
    const version = await askedVersion(tx, policyId)
    const since = version?.circulatedAt
    if (!version || !since) return 0
    const days = DAYS_AFTER.find(limit => now.getTime() - since.getTime() >= limit * DAY_MS)
    if (!days) return 0
    return notify(tx, ctx, await stillAsked(tx, ctx, policy, version), {
      kind: 'policy_reminder',
      occasion: `policy:${version.id}:${days}`,
      title: `${policy.name} still waits for you to acknowledge it`,
      detail: `Version ${version.number} was circulated ${days} days ago. It takes a few minutes to read.`,
      href: `/govern/policies/${policyId}`,
    })
  })
}
