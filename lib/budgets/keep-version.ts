import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { keepVersion as keepRecord } from '#lib/records/keep-version.ts'
import type { Budget } from '#prisma/generated/client.ts'
import { inWords, readBudget } from './budget-record.ts'

/** Keeps a change of a budget: its version with author, reason and difference, the audit entry, the gateways' document. */
export async function keepVersion(
  tx: Transaction,
  ctx: Context,
  change: { before: Budget | null; after: Budget; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  const { id, name, version } = after
  const document = documentOf(after)
  await keepRecord(tx, ctx, {
    ...{ kind: 'budget', id, name, version, document, action, reason },
    before: before && inWords(before),
    after: inWords(after),
  })
  if (after.archivedAt) await withdrawConfig(tx, ctx, 'budget', id)
  else await publishConfig(tx, ctx, 'budget', id, document)
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
