import { NAMED_SCOPES } from '#core/budgets/budget.ts'
import type { Context } from '#lib/platform/context.ts'
import { sql } from '#lib/platform/sql.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ConsistencyCheck, Finding } from '../check.ts'

const TRAFFIC_DAYS = 30

/** Ids of every record that a limit can be about. */
async function targetsOf(tx: Transaction, { organizationId }: Context): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    select id::text from teams where organization_id = ${organizationId}::uuid and archived_at is null
    union all select id::text from people where organization_id = ${organizationId}::uuid and status = 'active'
    union all select id::text from api_keys where organization_id = ${organizationId}::uuid and revoked_at is null
    union all select id::text from models where organization_id = ${organizationId}::uuid and lifecycle <> 'blocked'
    union all select id::text from providers where organization_id = ${organizationId}::uuid`)
  return new Set(rows.map(({ id }) => id))
}

function gone(kind: string, id: string, name: string, scope: string, href: string): Finding {
  return {
    subject: { kind, id, name },
    message: `${name} is about ${/^[aeiou]/.test(scope) ? 'an' : 'a'} ${scope} that is gone`,
    fix: { text: 'Archive it', href },
  }
}

export const LIMIT_CHECKS: readonly ConsistencyCheck[] = [
  {
    id: 'limits-are-about-something',
    title: 'Every budget and rate limit is about something that exists',
    consequence: 'It limits nothing, and its figures are those of nobody.',
    severity: 'warning',
    async run(tx, ctx) {
      const { organizationId } = ctx
      const known = await targetsOf(tx, ctx)
      const where = { organizationId, archivedAt: null, target: { not: null } }
      const named: readonly string[] = [...NAMED_SCOPES, 'agent']
      // The budget of an exemption ends with it, and that of a key with the key.
      const budgets = await tx.budget.findMany({ where: { ...where, keyId: null, exemptionId: null } })
      const limits = await tx.rateLimit.findMany({ where })
      const lost = <T extends { scope: string; target: string | null }>(rows: T[]) =>
        rows.filter(({ scope, target }) => !named.includes(scope) && !known.has(target ?? ''))
      return [
        ...lost(budgets).map(each => gone('budget', each.id, each.name, each.scope, `/finance/budgets/${each.id}`)),
        ...lost(limits).map(each =>
          gone('rate_limit', each.id, each.name, each.scope, `/operate/rate-limits/${each.id}`),
        ),
      ]
    },
  },
  {
    id: 'teams-with-traffic-have-a-budget',
    title: 'Every team that calls models has a budget',
    consequence: 'What it spends is limited by nothing but the organization’s budget.',
    severity: 'warning',
    async run(tx, { organizationId }) {
      const teams = await tx.$queryRaw<{ id: string; name: string }[]>(sql`
        select t.id, t.name from teams t
        where t.organization_id = ${organizationId}::uuid and t.archived_at is null
          and exists (select from usage_rollups r where r.organization_id = t.organization_id and r.team_id = t.id
            and r.hour >= ${new Date(Date.now() - TRAFFIC_DAYS * 86_400_000)})
          and not exists (select from budgets b where b.organization_id = t.organization_id and b.archived_at is null
            and b.scope = 'team' and b.target = t.id::text)
        order by t.name`)
      return teams.map(({ id, name }) => ({
        subject: { kind: 'team', id, name },
        message: `${name} calls models without a budget of its own`,
        fix: { text: 'Set a budget', href: '/finance/budgets/new' },
      }))
    },
  },
  {
    id: 'tiers-name-known-providers',
    title: 'Every provider that a tier admits exists and is enabled',
    consequence: 'Data of the tier has fewer places to go than the scheme says, or none.',
    severity: 'error',
    async run(tx, { organizationId }) {
      const tiers = await tx.tier.findMany({ where: { organizationId }, orderBy: { rank: 'asc' } })
      const enabled = await tx.provider.findMany({ where: { organizationId, enabled: true }, select: { id: true } })
      const known = new Set(enabled.map(({ id }) => id))
      return tiers
        .filter(({ providerIds }) => providerIds.some(id => !known.has(id)))
        .map(({ id, name, providerIds }) => ({
          subject: { kind: 'tier', id, name },
          message: providerIds.some(each => known.has(each))
            ? `${name} admits a provider that is gone or disabled`
            : `No provider that ${name} admits can be called`,
          fix: { text: 'Change the tier', href: '/govern/classification' },
        }))
    },
  },
  {
    id: 'guardrails-name-known-tiers',
    title: 'Every tier that a guardrail acts on exists',
    consequence: 'What should be blocked is only logged.',
    severity: 'error',
    async run(tx, { organizationId }) {
      const tiers = new Set((await tx.tier.findMany({ where: { organizationId } })).map(({ name }) => name))
      const guardrails = await tx.guardrail.findMany({ where: { organizationId, enabled: true } })
      return guardrails.flatMap(({ id, detector, actions, raiseTo }) => {
        const named = [...Object.keys(actions as object), ...(raiseTo ? [raiseTo] : [])]
        return named
          .filter(tier => !tiers.has(tier))
          .map(tier => ({
            subject: { kind: 'guardrail', id, name: detector },
            message: `${detector} names the tier ${tier}, which does not exist`,
            fix: { text: 'Change the guardrail', href: '/operate/guardrails' },
          }))
      })
    },
  },
]
