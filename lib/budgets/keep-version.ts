import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Budget } from '#prisma/generated/client.ts'
import { budgetChanges, readBudget } from './budget-record.ts'

/** Keeps a change of a budget: its version with author, reason and difference, the audit entry, the gateways' document. */
export async function keepVersion(
  tx: Transaction,
  ctx: Context,
  change: { before: Budget | null; after: Budget; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  const changes = budgetChanges(before, after)
  const { id, organizationId, version } = after
  await tx.budgetVersion.create({
    data: {
      id: newId(),
      organizationId,
      budgetId: id,
      version,
      document: documentOf(after),
      changes: changes.map(each => ({ ...each })),
      reason,
      authorKind: ctx.actor.kind,
      authorId: ctx.actor.id,
      authorName: ctx.actor.name,
    },
  })
  await audit(tx, ctx, {
    action,
    subject: { kind: 'budget', id, name: after.name },
    ...(before ? { before: Object.fromEntries(changes.map(each => [each.field, each.before])) } : {}),
    after: Object.fromEntries(changes.map(each => [each.field, each.after])),
    ...(reason ? { reason } : {}),
  })
  if (after.archivedAt) await withdrawConfig(tx, ctx, 'budget', id)
  else await publishConfig(tx, ctx, 'budget', id, documentOf(after))
}

function documentOf(budget: Budget) {
  const { scope, window, thresholds } = readBudget(budget)
  return {
    name: budget.name,
    scope,
    target: budget.target,
    window,
    limitNanoUsd: budget.limitNanoUsd.toString(),
    thresholds: thresholds.map(({ atNanoUsd, action }) => ({ atNanoUsd: atNanoUsd.toString(), action })),
  }
}
