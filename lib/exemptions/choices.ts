import 'server-only'
import { type Context, ownedBy, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { policyInForce } from './policy-in-force.ts'
import type { ExemptionPolicyDto } from './schema.ts'

export interface Choice {
  value: string
  label: string
  hint?: string
}

/** What whoever asks may choose from: names only, which refusals tell anyway. */
export interface ExemptionChoices {
  teams: Choice[]
  people: Choice[]
  keys: Choice[]
  models: Choice[]
  providers: Choice[]
  budgets: Choice[]
  guardrails: Choice[]
  tiers: Choice[]
  policy: ExemptionPolicyDto['policy']
}

/** Subjects within the actor's reach, and the records of the organization that an exemption can be from. */
export function exemptionChoices(ctx: Context): Promise<ExemptionChoices> {
  requirePermission(ctx, 'exemptions.request')
  const { organizationId, actor } = ctx
  const all = scopeOf(actor, 'exemptions.request') === 'organization'
  const ownTeams = actor.kind === 'person' ? actor.teamIds : []
  return read(ctx, async tx => {
    const byName = { orderBy: { name: 'asc' as const }, select: { id: true, name: true } }
    const own = all ? {} : { id: { in: ownTeams } }
    const teams = await tx.team.findMany({ where: { organizationId, archivedAt: null, ...own }, ...byName })
    const person = all ? {} : { id: actor.id ?? '' }
    const people = await tx.person.findMany({ where: { organizationId, status: 'active', ...person }, ...byName })
    const keys = await tx.apiKey.findMany({
      where: {
        AND: [ownedBy(ctx, 'keys.read')],
        organizationId,
        kind: 'live',
        revokedAt: null,
        expiresAt: { gt: new Date() },
      },
      ...byName,
    })
    const models = await tx.model.findMany({
      where: { organizationId },
      orderBy: { identifier: 'asc' },
      select: { id: true, identifier: true, lifecycle: true },
    })
    const providers = await tx.provider.findMany({ where: { organizationId }, ...byName })
    const budgets = await tx.budget.findMany({
      where: { organizationId, keyId: null, exemptionId: null, archivedAt: null, stopNanoUsd: { not: null } },
      ...byName,
    })
    const guardrails = await tx.guardrail.findMany({
      where: { organizationId, enabled: true },
      orderBy: { detector: 'asc' },
    })
    const tiers = await tx.tier.findMany({ where: { organizationId }, orderBy: { rank: 'asc' } })
    const named = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })
    return {
      ...{ teams: teams.map(named), people: people.map(named), keys: keys.map(named) },
      models: models.map(({ id, identifier, lifecycle }) => ({
        value: id,
        label: identifier,
        hint: lifecycle.replace('_', ' '),
      })),
      ...{ providers: providers.map(named), budgets: budgets.map(named) },
      guardrails: guardrails.map(({ id, detector }) => ({ value: id, label: detector.replaceAll('_', ' ') })),
      tiers: tiers.map(({ name, description }) => ({ value: name, label: name, hint: description })),
      policy: (await policyInForce(tx, ctx)).policy,
    }
  })
}
