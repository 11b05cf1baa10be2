import { isRequired } from '#core/policies/required.ts'
import { detectorName } from '#lib/detectors/detector-name.ts'
import { Actions } from '#lib/detectors/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { LINK_KINDS, type LinkKind } from './link-kinds.ts'
import { Requirement } from './schema.ts'

/** A record that can enforce a clause: what it does, and whether it does it now. */
export interface LinkTarget {
  readonly kind: LinkKind
  readonly id: string
  readonly name: string
  readonly inForce: boolean
  readonly effect: string
  readonly href: string
}

type Found = Omit<LinkTarget, 'kind'>
type Loader = (tx: Transaction, ctx: Context) => Promise<Found[]>

/** How the records of each kind are found; whatever governs by a new kind of record is added here. */
const LOADERS: Readonly<Record<LinkKind, Loader>> = {
  guardrail: async (tx, ctx) => {
    const found: Found[] = []
    for (const rule of await tx.guardrail.findMany({ where: own(ctx), orderBy: { detector: 'asc' } })) {
      const acts = Object.entries(Actions.parse(rule.actions)).filter(([, action]) => action !== 'log')
      const name = await detectorName(tx, ctx, rule.detector)
      const words = acts.map(([tier, action]) => `${VERBS[action] ?? action} in ${tier}`).join(', ')
      const inForce = rule.enabled && !rule.shadow && acts.length > 0
      const why = !rule.enabled ? 'Switched off' : rule.shadow ? 'In shadow: counts only' : 'Logs only'
      found.push({ id: rule.id, name, inForce, effect: inForce ? sentence(words) : why, href: '/operate/guardrails' })
    }
    return found
  },
  budget: async (tx, ctx) => {
    const rows = await tx.budget.findMany({ where: { ...own(ctx), keyId: null }, orderBy: { name: 'asc' } })
    return rows.map(({ id, name, archivedAt, stopNanoUsd }) => ({
      id,
      name,
      inForce: archivedAt === null,
      effect: archivedAt ? 'Archived' : stopNanoUsd === null ? 'Warns and counts' : 'Refuses calls when it is spent',
      href: `/finance/budgets/${id}`,
    }))
  },
  tier: async (tx, ctx) => {
    const rows = await tx.tier.findMany({ where: own(ctx), orderBy: { rank: 'asc' } })
    return rows.map(({ id, name }) => {
      const effect = 'Only models approved for it see its data'
      return { id, name, inForce: true, effect, href: '/govern/classification' }
    })
  },
  rate_limit: async (tx, ctx) => {
    const rows = await tx.rateLimit.findMany({ where: own(ctx), orderBy: { name: 'asc' } })
    return rows.map(({ id, name, archivedAt, limit, measure, window }) => ({
      id,
      name,
      inForce: archivedAt === null,
      effect: archivedAt ? 'Archived' : `At most ${limit} ${measure}${window ? ` a ${window}` : ' at once'}`,
      href: `/operate/rate-limits/${id}`,
    }))
  },
  route: async (tx, ctx) => {
    const rows = await tx.route.findMany({ where: own(ctx), orderBy: { name: 'asc' } })
    return rows.map(({ id, name, archivedAt }) => ({
      id,
      name,
      inForce: archivedAt === null,
      effect: archivedAt ? 'Archived' : 'Decides which models may answer',
      href: `/operate/routes/${id}`,
    }))
  },
  model: async (tx, ctx) => {
    const rows = await tx.model.findMany({ where: own(ctx), orderBy: { identifier: 'asc' } })
    return rows.map(({ id, identifier, lifecycle, tiers }) => ({
      id,
      name: identifier,
      inForce: true,
      effect: lifecycle === 'blocked' ? 'Refused' : `Serves ${tiers.join(', ') || 'no tier'}`,
      href: `/build/models/${id}`,
    }))
  },
  data_source: async (tx, ctx) => {
    const rows = await tx.dataSource.findMany({ where: own(ctx), orderBy: { name: 'asc' } })
    return rows.map(({ id, name, archivedAt, tier }) => ({
      id,
      name,
      inForce: archivedAt === null,
      effect: archivedAt ? 'Out of use' : `Requests with it take at least ${tier}`,
      href: '/govern/classification',
    }))
  },
  key_requirement: async (tx, ctx) => {
    const select = { id: true, name: true, requirement: true, archivedAt: true } as const
    const rows = await tx.policy.findMany({ where: own(ctx), orderBy: { name: 'asc' }, select })
    return rows.map(({ id, name, requirement, archivedAt }) => {
      const inForce = archivedAt === null && isRequired(Requirement.parse(requirement))
      const effect = inForce ? 'Refuses keys whose holder has not acknowledged it' : 'Keys do not need it'
      return { id, name: `Acknowledgement of ${name}`, inForce, effect, href: `/govern/policies/${id}` }
    })
  },
}

const VERBS: Readonly<Record<string, string>> = { mask: 'masks', block: 'blocks', raise: 'raises the tier' }

/** Every record of these kinds, in a query a kind. Called by verbs and queries that have checked what their caller may see. */
export async function linkTargets(
  tx: Transaction,
  ctx: Context,
  kinds: readonly LinkKind[] = LINK_KINDS,
): Promise<LinkTarget[]> {
  const found: LinkTarget[] = []
  for (const kind of kinds) for (const target of await LOADERS[kind](tx, ctx)) found.push({ kind, ...target })
  return found
}

function own({ organizationId }: Context) {
  return { organizationId }
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
