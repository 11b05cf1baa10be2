import { audit } from '#lib/platform/audit.ts'
import type { VerbArgs } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { DismissNoticeInput } from './schema.ts'

/** Puts one's own notice aside. Throws `not_found` for anybody else's. */
export async function dismissNotice({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  const { id } = parseInput(DismissNoticeInput, input)
  return transact(ctx, async tx => {
    const personId = ctx.actor.kind === 'person' ? ctx.actor.id : null
    const notice = personId
      ? await tx.notice.findFirst({ where: { id, personId, organizationId: ctx.organizationId } })
      : null
    if (!notice) throw notFound('notice')
    if (notice.dismissedAt) return { id }
    await tx.notice.update({ where: { id }, data: { dismissedAt: new Date() } })
    await audit(tx, ctx, {
      action: 'notice.dismissed',
      subject: { kind: 'notice', id, name: notice.title },
      after: { kind: notice.kind, occasion: notice.occasion },
    })
    await announce(tx, ctx, 'notices', id)
    return { id }
  })
}
