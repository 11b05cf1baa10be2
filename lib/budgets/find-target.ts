import { type BudgetScope, NAMED_SCOPES } from '#core/budgets/budget.ts'
import { isId } from '#core/ids.ts'
import { tiersOfSources } from '#lib/data-sources/tiers-of-sources.ts'
import type { Context } from '#lib/platform/context.ts'
import { invalid } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** The team and person that a budget concerns: who may see it besides finance. */
export interface BudgetOwner {
  teamId: string | null
  personId: string | null
}

const NOBODY: BudgetOwner = { teamId: null, personId: null }

/** Checks that a scope's target is there. Throws `invalid_input` naming the target when it is not. */
export async function findTarget(
  tx: Transaction,
  ctx: Context,
  scope: BudgetScope,
  target: string | null,
): Promise<BudgetOwner> {
  if (scope === 'organization') {
    if (target !== null) throw invalid('target', 'A budget of the organization has no target. Leave it out.')
    return NOBODY
  }
  if (target === null) throw invalid('target', 'Say what the budget covers: an id, or the name that callers send.')
  if (NAMED_SCOPES.includes(scope)) return NOBODY
  const owner = isId(target) ? await ownerOf(tx, ctx, scope, target) : null
  if (!owner) throw invalid('target', `There is no such ${scope} here.`)
  return owner
}

/** The classification of what a budget pays for: a key's or a workload's. Nothing else that it can cover has one of its own. */
export async function tiersOfTarget(
  tx: Transaction,
  { organizationId }: Context,
  { scope, target }: { scope: string; target: string | null },
): Promise<(string | null)[]> {
  if (target === null) return []
  if (scope === 'workload') {
    const workload = await tx.workload.findFirst({ where: { slug: target, organizationId } })
    return [workload?.tier ?? null, ...(await tiersOfSources(tx, organizationId, { workload: target }))]
  }
  if (scope !== 'key' || !isId(target)) return []
  const key = await tx.apiKey.findFirst({ where: { id: target, organizationId } })
  return [key?.tier ?? null, ...(await tiersOfSources(tx, organizationId, { ids: key?.dataSourceIds ?? [] }))]
}

async function ownerOf(tx: Transaction, ctx: Context, scope: BudgetScope, id: string): Promise<BudgetOwner | null> {
  const where = { id, organizationId: ctx.organizationId }
  if (scope === 'team') return (await tx.team.count({ where })) > 0 ? { teamId: id, personId: null } : null
  if (scope === 'key') {
    const key = await tx.apiKey.findFirst({ where, select: { teamId: true, personId: true } })
    return key && { teamId: key.teamId, personId: key.personId }
  }
  if (scope === 'person') {
    const person = await tx.person.findFirst({
      where,
      select: { memberships: { select: { teamId: true }, orderBy: { createdAt: 'asc' }, take: 1 } },
    })
    return person && { teamId: person.memberships[0]?.teamId ?? null, personId: id }
  }
  if (scope === 'model') return (await tx.model.count({ where })) > 0 ? NOBODY : null
  if (scope === 'provider') return (await tx.provider.count({ where })) > 0 ? NOBODY : null
  return NOBODY
}
