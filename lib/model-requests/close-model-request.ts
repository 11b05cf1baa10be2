import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { findModelRequest, keepModelRequest } from './request-record.ts'

/** Ends a request that is not granted; what was said stands with its approval, or is the reason given. */
export async function closeModelRequest(tx: Transaction, ctx: Context, id: string, reason = ''): Promise<void> {
  const before = await findModelRequest(tx, ctx, id)
  const data = { state: 'closed', version: { increment: 1 } }
  const after = await tx.modelRequest.update({ where: { id }, data })
  await keepModelRequest(tx, ctx, { before, after, action: 'model_request.closed', reason })
}
