import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { RateLimit } from '#prisma/generated/client.ts'
import { readRateLimit } from './rate-limit-record.ts'

/** Keeps a change of a rate limit: its version with author and reason, the audit entry, the gateways' document. */
export async function keepVersion(
  tx: Transaction,
  ctx: Context,
  change: { before: RateLimit | null; after: RateLimit; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  const [old, now] = [before && inWords(before), inWords(after)]
  const changes = Object.entries(now)
    .map(([field, text]) => ({ field, before: old?.[field as keyof typeof now] ?? null, after: text }))
    .filter(each => each.before !== each.after)
  const { id, organizationId, version } = after
  const author = { authorKind: ctx.actor.kind, authorId: ctx.actor.id, authorName: ctx.actor.name }
  await tx.rateLimitVersion.create({
    data: {
      id: newId(),
      organizationId,
      rateLimitId: id,
      version,
      document: documentOf(after),
      changes,
      reason,
      ...author,
    },
  })
  await audit(tx, ctx, {
    action,
    subject: { kind: 'rate_limit', id, name: after.name },
    ...(before ? { before: Object.fromEntries(changes.map(each => [each.field, each.before])) } : {}),
    after: Object.fromEntries(changes.map(each => [each.field, each.after])),
    ...(reason ? { reason } : {}),
  })
  if (after.archivedAt) await withdrawConfig(tx, ctx, 'rate_limit', id)
  else await publishConfig(tx, ctx, 'rate_limit', id, documentOf(after))
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
