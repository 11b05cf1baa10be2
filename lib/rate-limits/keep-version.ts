import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { keepVersion as keepRecord } from '#lib/records/keep-version.ts'
import type { RateLimit } from '#prisma/generated/client.ts'
import { readRateLimit } from './rate-limit-record.ts'

/** Keeps a change of a rate limit: its version with author, reason and difference, the audit entry, the gateways' document. */
export async function keepVersion(
  tx: Transaction,
  ctx: Context,
  change: { before: RateLimit | null; after: RateLimit; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  const { id, name, version } = after
  const document = documentOf(after)
  await keepRecord(tx, ctx, {
    ...{ kind: 'rate_limit', id, name, version, document, action, reason },
    before: before && inWords(before),
    after: inWords(after),
  })
  if (after.archivedAt) await withdrawConfig(tx, ctx, 'rate_limit', id)
  else await publishConfig(tx, ctx, 'rate_limit', id, document)
}

function documentOf(rateLimit: RateLimit) {
  const { name, target, limit } = rateLimit
  return { name, target, limit, ...readRateLimit(rateLimit) }
}

function inWords(rateLimit: RateLimit) {
  const { measure, window } = readRateLimit(rateLimit)
  const per = window === null ? 'answers in progress at a time' : `${measure} a ${window}`
  return {
    name: rateLimit.name,
    limit: `${rateLimit.limit.toLocaleString('en')} ${per}`,
    state: rateLimit.archivedAt ? 'archived' : 'in force',
  }
}
