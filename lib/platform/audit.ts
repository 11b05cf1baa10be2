import { newId } from '#core/ids.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import type { Context } from './context.ts'
import type { Transaction } from './transaction.ts'

export interface AuditNote {
  /** Noun and past participle: `key.issued`. */
  action: string
  subject: { kind: string; id: string; name: string }
  /** The fields that matter before and after; never a secret. */
  before?: object
  after?: object
  reason?: string
}

/** Writes who did what into the audit log, in the transaction of the change: no entry, no change. */
export async function audit(tx: Transaction, ctx: Context, note: AuditNote): Promise<void> {
  await tx.auditEntry.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      occurredAt: new Date(),
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
      actorName: ctx.actor.name,
      action: note.action,
      subjectKind: note.subject.kind,
      subjectId: note.subject.id,
      subjectName: note.subject.name,
      before: toJson(note.before),
      after: toJson(note.after),
      reason: note.reason ?? null,
      requestId: ctx.requestId,
    },
    select: { id: true },
  })
}

function toJson(value: object | undefined): Prisma.InputJsonValue | undefined {
  if (!value) return undefined
  return JSON.parse(JSON.stringify(value, (_, field) => (typeof field === 'bigint' ? field.toString() : field)))
}
