import type { RateLimitScope } from '#core/rate-limits/rate-limit.ts'
import type { Context } from '#lib/platform/context.ts'
import { invalid } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** The team and person that a rate limit concerns: who may see it besides operations. */
export interface RateLimitOwner {
  teamId: string | null
  personId: string | null
}

const NOBODY: RateLimitOwner = { teamId: null, personId: null }

/** Checks that a scope's target is there. Throws `invalid_input` naming the target when it is not. */
export async function findOwner(
  tx: Transaction,
  ctx: Context,
  scope: RateLimitScope,
  target: string | null,
): Promise<RateLimitOwner> {
  if (target === null) return NOBODY
  if (scope === 'organization') {
    throw invalid('target', 'A rate limit of the organization has no target. Leave it out.')
  }
  const owner = await ownerOf(tx, ctx, scope, target)
  if (!owner) throw invalid('target', `There is no such ${scope} here.`)
  return owner
}

async function ownerOf(
  tx: Transaction,
  ctx: Context,
  scope: RateLimitScope,
  id: string,
): Promise<RateLimitOwner | null> {
  const where = { id, organizationId: ctx.organizationId }
  if (scope === 'team') return (await tx.team.count({ where })) > 0 ? { teamId: id, personId: null } : null
  if (scope === 'model') return (await tx.model.count({ where })) > 0 ? NOBODY : null
  if (scope === 'key') return tx.apiKey.findFirst({ where, select: { teamId: true, personId: true } })
  if (scope === 'person') {
    const memberships = { select: { teamId: true }, orderBy: { createdAt: 'asc' as const }, take: 1 }
    const person = await tx.person.findFirst({ where, select: { memberships } })
    return person && { teamId: person.memberships[0]?.teamId ?? null, personId: id }
  }
  return NOBODY
}
