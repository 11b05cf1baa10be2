import type { AnnotatedKind } from '#core/annotations/annotated-kinds.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { visibleRecords } from './annotated-records.ts'
import { WithdrawAnnotationInput } from './schema.ts'
import { requireAuthor } from './write-annotation.ts'

/**
 * Takes back what was said, filed or linked: it is shown no more, and that it was there, who took it back and why stays.
 * Its author does, or an administrator. Throws `conflict` when it is withdrawn already.
 */
export function withdrawAnnotation({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requireAuthor(ctx)
  const { id, reason } = parseInput(WithdrawAnnotationInput, input)
  return transact(ctx, async tx => {
    await tx.$queryRaw`select 1 from annotations where id = ${id}::uuid for update`
    const found = await tx.annotation.findFirst({
      where: { id, organizationId: ctx.organizationId },
      omit: { content: true },
    })
    const about = found && { kind: found.recordKind as AnnotatedKind, id: found.recordId }
    const [record] = about ? await visibleRecords(tx, ctx, [about]) : []
    if (!found || !record) throw notFound('annotation')
    if (!mayWithdraw(ctx, found)) {
      throw new DomainError('permission_denied', 'Whoever made it withdraws it, or an administrator.')
    }
    if (found.withdrawnAt) throw conflict(`${found.withdrawnByName} has withdrawn it already.`)
    const data = { withdrawnAt: new Date(), withdrawnByName: ctx.actor.name, withdrawnReason: reason }
    await tx.annotation.update({ where: { id }, data, select: { id: true } })
    await audit(tx, ctx, {
      action: `${record.kind}.annotation_withdrawn`,
      subject: { kind: record.kind, id: record.id, name: record.name },
      before: { kind: found.kind, by: found.authorName, file: found.fileName, linkedId: found.linkedId },
      reason,
    })
    return { id }
  })
}

/** Whether the actor may take an annotation back: their own, or anybody's as an administrator. */
export function mayWithdraw({ actor }: Context, { authorId }: { authorId: string }): boolean {
  if (scopeOf(actor, 'annotations.write') === null) return false
  return actor.id === authorId || scopeOf(actor, 'organization.manage') !== null
}
