import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import type { RecordChange } from './schema.ts'

/** What a record says, field by field, as a person reads it; null: nothing. */
export type InWords = Readonly<Record<string, string | null>>

export interface RecordChanged {
  /** As in the audit log: `budget`, `policy`. */
  readonly kind: string
  readonly id: string
  readonly name: string
  /** Counted from 1 by the record itself; the same number twice is a conflict of two writers. */
  readonly version: number
  /** The record as it is now, whole, in JSON; no secret. */
  readonly document: object
  /** Null for a record that is new. */
  readonly before: InWords | null
  readonly after: InWords
  /** Noun and past participle: `budget.changed`; null where the caller's entry stands for all that it makes at once. */
  readonly action: string | null
  readonly reason: string
}

/**
 * Keeps a change of a governed record: its version with author, reason and difference, and the audit entry, in the
 * transaction of the change. What the gateways run of it, the caller publishes.
 */
export async function keepVersion(tx: Transaction, ctx: Context, changed: RecordChanged): Promise<void> {
  const { kind, id, name, version, before, action, reason } = changed
  const changes = changesBetween(before, changed.after)
  await tx.recordVersion.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      ...{ kind, recordId: id, version, name, reason },
      document: changed.document as Prisma.InputJsonObject,
      changes: changes.map(each => ({ ...each })),
      authorKind: ctx.actor.kind,
      authorId: ctx.actor.id,
      authorName: ctx.actor.name,
      ...(ctx.at ? { createdAt: ctx.at } : {}),
      ...(ctx.approval ? { approval: { ...ctx.approval, approverNames: [...ctx.approval.approverNames] } } : {}),
    },
  })
  if (action === null) return
  await audit(tx, ctx, {
    action,
    subject: { kind, id, name },
    ...(before ? { before: Object.fromEntries(changes.map(each => [each.field, each.before])) } : {}),
    after: Object.fromEntries(changes.map(each => [each.field, each.after])),
    ...(reason ? { reason } : {}),
  })
}

/**
 * The next version of a record that does not count its own. Of two who change it at once the second finds the number
 * taken, which is a conflict.
 */
export async function nextVersion(
  tx: Transaction,
  { organizationId }: Context,
  record: { readonly kind: string; readonly id: string },
): Promise<number> {
  const where = { organizationId, kind: record.kind, recordId: record.id }
  const { _max } = await tx.recordVersion.aggregate({ where, _max: { version: true } })
  return (_max.version ?? 0) + 1
}

/** What differs between two states of a record; every field of it when there was none before. */
export function changesBetween(before: InWords | null, after: InWords): RecordChange[] {
  const fields = new Set([...Object.keys(after), ...Object.keys(before ?? {})])
  return [...fields]
    .map(field => ({ field, before: before?.[field] ?? null, after: after[field] ?? null }))
    .filter(change => change.before !== change.after)
}
