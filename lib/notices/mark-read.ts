import type { VerbArgs } from '#lib/platform/context.ts'
import { DomainError, notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { MarkReadInput } from './schema.ts'

/**
 * Marks one's own notices as read, or as not read; without ids all of them. Returns how many changed. Throws
 * `not_found` when one of them is somebody else's.
 */
export function markRead({ ctx, input }: VerbArgs): Promise<{ changed: number }> {
  const { ids, read } = parseInput(MarkReadInput, input)
  const { actor, organizationId } = ctx
  if (actor.kind !== 'person') throw new DomainError('permission_denied', 'Only a person has notices.')
  return transact(ctx, async tx => {
    const own = { organizationId, personId: actor.id, ...(ids ? { id: { in: ids } } : {}) }
    if (ids && (await tx.notice.count({ where: own })) !== new Set(ids).size) throw notFound('notice')
    const { count } = await tx.notice.updateMany({
      where: { ...own, readAt: read ? null : { not: null } },
      data: { readAt: read ? new Date() : null },
    })
    if (count > 0) await announce(tx, ctx, 'notices')
    return { changed: count }
  })
}
