import { snapshotDigest } from '#core/approvals/snapshot.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'
import type { Decided } from './decide-approval.ts'
import { kindOf } from './kinds.ts'
import { settleApproval } from './settle-approval.ts'

/** Whether what a request is about has changed since: its snapshot is not what would be asked for now. */
export async function isOutdated(tx: Transaction, ctx: Context, request: ApprovalRequest): Promise<boolean> {
  const now = await kindOf(request.kind).current(tx, ctx, request)
  return !now || snapshotDigest(now) !== request.digest
}

/** Ends a request that is outdated. */
export function voidApproval(tx: Transaction, ctx: Context, request: ApprovalRequest): Promise<Decided> {
  const outcome = 'What it was about has changed since it was asked for. It has to be asked for anew.'
  return settleApproval(tx, ctx, request, { state: 'voided', outcome })
}
