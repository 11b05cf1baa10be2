import type { AuditRecord } from '#core/audit-record/entry.ts'
import type { AuditEntry } from '#prisma/generated/client.ts'

/** A stored entry in the form in which it is exported and hashed. */
export function toRecord(row: AuditEntry): AuditRecord {
  return {
    id: row.id,
    organizationId: row.organizationId,
    occurredAt: row.occurredAt.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
    before: row.before,
    after: row.after,
    reason: row.reason,
    requestId: row.requestId,
  }
}
