import { audit } from '#lib/platform/audit.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { eachApart } from '#lib/platform/each-apart.ts'
import { transact } from '#lib/platform/transaction.ts'
import { stepOf } from './deciders.ts'
import { lockApproval } from './find-approval.ts'
import { callDeciders } from './open-approval.ts'
import { settleApproval } from './settle-approval.ts'

/**
 * Does what time does to requests that wait: those whose time is over expire, which is a no, and those that nobody
 * decided in time are put before the persons that their step escalates to. Safe to run twice and by several workers; one
 * that cannot be turned keeps no other from its turn.
 */
export async function turnApprovals(now = new Date()): Promise<{ expired: number; escalated: number }> {
  const due = await databases().system.approvalRequest.findMany({
    where: {
      state: 'pending',
      OR: [{ expiresAt: { lte: now } }, { escalatesAt: { lte: now }, escalatedAt: null }],
    },
    select: { id: true, organizationId: true },
    orderBy: { id: 'asc' },
  })
  const done = await eachApart(
    due,
    ({ id }) => id,
    ({ id, organizationId }) => turnOne(organizationId, id, now),
  )
  const count = (what: 'expired' | 'escalated') => done.filter(one => one === what).length
  return { expired: count('expired'), escalated: count('escalated') }
}

function turnOne(organizationId: string, id: string, now: Date): Promise<'expired' | 'escalated' | null> {
  const ctx = systemContext(organizationId, 'approvals')
  return transact(ctx, async tx => {
    const request = await lockApproval(tx, ctx, id)
    if (request.state !== 'pending') return null
    if (request.expiresAt <= now) {
      const outcome = 'Nobody decided in time, which is a no. It can be asked for again.'
      await settleApproval(tx, ctx, request, { state: 'expired', outcome })
      return 'expired'
    }
    if (request.escalatedAt || !request.escalatesAt || request.escalatesAt > now) return null
    const escalated = await tx.approvalRequest.update({ where: { id }, data: { escalatedAt: now } })
    await audit(tx, ctx, {
      action: 'approval.escalated',
      subject: { kind: 'approval', id, name: request.title },
      after: { step: stepOf(request).name, to: stepOf(request).escalateTo },
    })
    await callDeciders(tx, ctx, escalated)
    return 'escalated'
  })
}
