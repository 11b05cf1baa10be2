import type { VerbArgs } from '#lib/platform/context.ts'
import { DomainError, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { MarkReadInput } from './schema.ts'

/** Marks one's own notices as read, or as not read; without ids all of them. Returns how many changed. */
export function markRead({ ctx, input }: VerbArgs): Promise<{ changed: number }> {
  const { ids, read } = parseInput(MarkReadInput, input)
  const { actor, organizationId } = ctx
  if (actor.kind !== 'person') throw new DomainError('permission_denied', 'Only a person has notices.')
  return transact(ctx, async tx => {
    const { count } = await tx.notice.updateMany({
      where: {
        ...{ organizationId, personId: actor.id, readAt: read ? null : { not: null } },
        ...(ids ? { id: { in: ids } } : {}),
      },
      data: { readAt: read ? new Date() : null },
    })
    if (count > 0) await announce(tx, ctx, 'notices')
    return { changed: count }
  })
}
