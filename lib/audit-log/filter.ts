import type { Prisma } from '#prisma/generated/client.ts'
import type { AuditFilter } from './schema.ts'

/** The database's form of a filter over audit entries. */
export function filterOf(filter: AuditFilter): Prisma.AuditEntryWhereInput {
  const { actorId, actorKind, action, subjectKind, subjectId, from, to, search } = filter
  return {
    AND: [
      actorId ? { actorId } : {},
      actorKind ? { actorKind } : {},
      action ? { action: action.includes('.') ? action : { startsWith: `${action}.` } } : {},
      subjectKind ? { subjectKind } : {},
      subjectId ? { subjectId } : {},
      from ? { occurredAt: { gte: new Date(from) } } : {},
      to ? { occurredAt: { lt: new Date(to) } } : {},
      search ? { OR: searched(search) } : {},
    ],
  }
}

function searched(text: string): Prisma.AuditEntryWhereInput[] {
  const contains = { contains: text, mode: 'insensitive' as const }
  return [{ actorName: contains }, { subjectName: contains }, { action: contains }, { reason: contains }]
}
