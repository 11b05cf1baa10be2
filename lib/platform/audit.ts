import { newId } from '#core/ids.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import type { Context } from './context.ts'
import type { Transaction } from './transaction.ts'
import { endingOf } from './transaction-ending.ts'

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
  const entry = {
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
    ...(note.before ? { before: toJson(note.before) } : {}),
    ...(note.after ? { after: toJson(note.after) } : {}),
    reason: note.reason ?? null,
    requestId: ctx.requestId,
  }
  const ending = endingOf(tx)
  if (ending) ending.entries.push(entry)
  else await tx.auditEntry.create({ data: entry, select: { id: true } })
}

function toJson(value: object): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value, (_, field) => (typeof field === 'bigint' ? field.toString() : field)))
}
