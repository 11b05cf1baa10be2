import { requiredFrom } from '#core/policies/required.ts'
import type { HomeItem } from '#lib/home/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { readPolicies } from './policy-dto.ts'

const DAY_MS = 86_400_000
const REVIEW_NOTICE_DAYS = 14

/** Policies that the viewer has not acknowledged, and reviews that are due of those they own. */
export async function policyNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (ctx.actor.kind !== 'person' || !scopeOf(ctx.actor, 'policies.read')) return []
  const policies = await tx.policy.findMany({ where: { organizationId: ctx.organizationId, archivedAt: null } })
  const dtos = (await readPolicies(tx, ctx, policies)).map(({ dto }) => dto)
  const horizon = Date.now() + REVIEW_NOTICE_DAYS * DAY_MS
  return dtos.flatMap(policy => {
    const items: HomeItem[] = []
    const href = `/govern/policies/${policy.id}`
    const common = { href, noticeId: null }
    const { asked, mine, requirement, reviewDueAt } = policy
    if (asked && mine.asked && !mine.acknowledged) {
      const from = requirement.scope === 'off' ? null : requiredFrom(requirement, new Date(asked.since))
      items.push({
        ...common,
        kind: 'policy_asked',
        tone: 'warning',
        title: `Read and acknowledge ${policy.name}`,
        detail: from ? 'Your keys are refused without it from then on' : `Version ${asked.number}`,
        dueAt: from?.toISOString() ?? null,
        action: 'Read',
      })
    }
    if (policy.ownerId === ctx.actor.id && reviewDueAt && Date.parse(reviewDueAt) <= horizon) {
      items.push({
        ...common,
        kind: 'policy_review_due',
        tone: Date.parse(reviewDueAt) <= Date.now() ? 'danger' : 'warning',
        title: `The review of ${policy.name} is due`,
        detail: 'Change it, or record that it stays as it is',
        dueAt: reviewDueAt,
        action: 'Review',
      })
    }
    return items
  })
}
