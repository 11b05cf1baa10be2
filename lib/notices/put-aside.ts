import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { NewsKindId } from './news-kinds.ts'

/**
 * Puts aside what people were told of one kind about one page, since there is nothing left to do about it: of everybody
 * or of those named, all of it or what was told before an occasion.
 */
export async function putAside(
  tx: Transaction,
  ctx: Context,
  told: { kind: NewsKindId; href: string; personIds?: readonly string[]; before?: string },
): Promise<void> {
  const { kind, href, personIds, before } = told
  const { count } = await tx.notice.updateMany({
    where: {
      ...{ organizationId: ctx.organizationId, kind, href, dismissedAt: null },
      ...(personIds ? { personId: { in: [...personIds] } } : {}),
      ...(before ? { occasion: { not: before } } : {}),
    },
    data: { dismissedAt: new Date() },
  })
  if (count > 0) await announce(tx, ctx, 'notices', ctx.organizationId)
}
