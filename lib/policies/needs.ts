import { requiredFrom } from '#core/policies/required.ts'
import type { HomeItem } from '#lib/home/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Policy } from '#prisma/generated/client.ts'
import { readCoverage } from './coverage.ts'
import { Requirement } from './schema.ts'

const DAY_MS = 86_400_000
const REVIEW_NOTICE_DAYS = 14

/** Policies that the viewer has not acknowledged, and reviews that are due of those they own. */
export async function policyNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (ctx.actor.kind !== 'person' || !scopeOf(ctx.actor, 'policies.read')) return []
  const policies = await tx.policy.findMany({
    where: { organizationId: ctx.organizationId, archivedAt: null },
    omit: { draft: true },
    include: {
      versions: {
        where: { OR: [{ state: 'ratified' }, { state: 'legal_reviewed', circulatedAt: { not: null } }] },
        omit: { text: true },
        orderBy: { state: 'desc' },
      },
    },
  })
  const asked = policies.flatMap(policy => policy.versions[0] ?? [])
  const coverage = await readCoverage(
    tx,
    ctx,
    asked.map(({ id }) => id),
  )
  return policies.flatMap(policy => {
    const version = policy.versions[0]
    const mine = coverage.get(policy.id)
    const waits = version && mine?.mine && !mine.mineDone
    return [...(waits ? [toAcknowledge(policy, version)] : []), ...reviewOf(policy, ctx.actor.id)]
  })
}

type Shown = Omit<Policy, 'draft'>

function toAcknowledge(policy: Shown, version: { number: number; ratifiedAt: Date | null }): HomeItem {
  const requirement = Requirement.parse(policy.requirement)
  const from = requirement.scope === 'off' || !version.ratifiedAt ? null : requiredFrom(requirement, version.ratifiedAt)
  return {
    kind: 'policy_asked',
    tone: 'warning',
    href: `/govern/policies/${policy.id}`,
    noticeId: null,
    title: `Read and acknowledge ${policy.name}`,
    detail: from ? 'Your keys are refused without it from then on' : `Version ${version.number}`,
    dueAt: from?.toISOString() ?? null,
    action: 'Read',
  }
}

function reviewOf({ id, name, ownerId, reviewDueAt }: Shown, viewerId: string | null): HomeItem[] {
  if (ownerId !== viewerId || !reviewDueAt) return []
  const left = reviewDueAt.getTime() - Date.now()
  if (left > REVIEW_NOTICE_DAYS * DAY_MS) return []
  return [
    {
      kind: 'policy_review_due',
      href: `/govern/policies/${id}`,
      noticeId: null,
      tone: left <= 0 ? 'danger' : 'warning',
      title: `The review of ${name} is due`,
      detail: 'Change it, or record that it stays as it is',
      dueAt: reviewDueAt.toISOString(),
      action: 'Review',
    },
  ]
}
