import { audit } from '#lib/platform/audit.ts'
import type { VerbArgs } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { DeleteViewInput } from './schema.ts'

/** Forgets a view of one's own. Throws `not_found` for anybody else's. */
export async function deleteView({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  const { id } = parseInput(DeleteViewInput, input)
  return transact(ctx, async tx => {
    const personId = ctx.actor.kind === 'person' ? ctx.actor.id : null
    const view = personId
      ? await tx.savedView.findFirst({ where: { id, personId, organizationId: ctx.organizationId } })
      : null
    if (!view) throw notFound('view')
    await tx.savedView.delete({ where: { id } })
    const { table, name, query } = view
    await audit(tx, ctx, {
      action: 'saved_view.deleted',
      subject: { kind: 'saved_view', id, name },
      before: { table, query },
    })
    return { id }
  })
}
