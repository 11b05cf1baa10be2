import { type News, notify } from '#lib/notices/notify.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'

/** What is told, and on what occasion: the same occasion is told to the same person once. */
export interface ApprovalNews {
  readonly kind: 'approval_waiting' | 'approval_decided' | 'approval_question' | 'approval_mention'
  readonly occasion: string
  readonly title: string
  readonly detail: string
  readonly dueAt?: Date | null
}

/** Leaves a notice with each person, and tells open pages that requests have changed. */
export async function tell(
  tx: Transaction,
  ctx: Context,
  request: Pick<ApprovalRequest, 'id' | 'risk' | 'tier'>,
  personIds: readonly (string | null)[],
  news: ApprovalNews,
): Promise<void> {
  const { occasion, ...rest } = news
  await notify(tx, ctx, personIds, {
    ...rest,
    risk: request.risk as NonNullable<News['risk']>,
    tier: request.tier,
    approvalId: request.id,
    href: `/approvals/${request.id}`,
    occasion: `approval:${request.id}:${occasion}`,
  })
  await announce(tx, ctx, 'approvals', request.id)
}
