import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import type { AnnotatedRecord } from './annotated-records.ts'

type Said = Omit<
  Prisma.AnnotationCreateInput,
  'id' | 'organizationId' | 'recordKind' | 'recordId' | 'authorId' | 'authorName'
>

/** Who may annotate, by id: a person or a service token. Throws `permission_denied` for anybody else. */
export function requireAuthor(ctx: Context): string {
  requirePermission(ctx, 'annotations.write')
  if (ctx.actor.id === null) throw new DomainError('permission_denied', 'An annotation needs somebody who makes it.')
  return ctx.actor.id
}

/** Keeps what somebody adds to a record, with its entry in the record's audit trail. */
export async function writeAnnotation(
  tx: Transaction,
  ctx: Context,
  record: AnnotatedRecord,
  { said, action, after }: { said: Said; action: string; after: object },
): Promise<{ id: string }> {
  const id = newId()
  await tx.annotation.create({
    data: {
      ...said,
      ...{ id, organizationId: ctx.organizationId, recordKind: record.kind, recordId: record.id },
      ...{ authorId: requireAuthor(ctx), authorName: ctx.actor.name },
    },
    select: { id: true },
  })
  await audit(tx, ctx, { action, subject: { kind: record.kind, id: record.id, name: record.name }, after })
  return { id }
}

/** Of several who annotate one record at once, each sees what the one before has done. */
export async function lockAnnotations(tx: Transaction, { id }: AnnotatedRecord): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('annotations'), hashtext(${id}))::text`
}
