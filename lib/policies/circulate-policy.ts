import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { lockPolicy, ratifiedVersion } from './find-policy.ts'
import { changePolicy } from './keep-policy.ts'
import { policyDto } from './policy-dto.ts'
import { Audience, CirculatePolicyInput, type PolicyDto, Requirement } from './schema.ts'
import { tellAudience } from './tell-audience.ts'

/**
 * Says whom a policy is for, and asks them for their acknowledgement: of the version in force, or of one that Legal has
 * reviewed and the sponsor has not ratified yet. Throws `conflict` before that.
 */
export async function circulatePolicy({ ctx, input }: VerbArgs): Promise<PolicyDto & { told: number }> {
  requirePermission(ctx, 'policies.manage')
  const { id, reason, everyone, teamIds } = parseInput(CirculatePolicyInput, input)
  return transact(ctx, async tx => {
    const before = await lockPolicy(tx, ctx, id)
    const audience = Audience.parse({ everyone, teamIds: everyone ? [] : [...new Set(teamIds)] })
    if (!everyone && audience.teamIds.length === 0) throw invalid('teamIds', 'Name at least one team, or everybody.')
    await requireTeams(tx, ctx, audience.teamIds)
    requireInside(Requirement.parse(before.requirement), audience)
    const version =
      (await ratifiedVersion(tx, id)) ??
      (await tx.policyVersion.findFirst({ where: { policyId: id, state: 'legal_reviewed' } }))
    if (!version)
      throw conflict(`No version of ${before.name} has passed legal review yet. Only such a text is circulated.`)
    await tx.policyVersion.update({ where: { id: version.id }, data: { circulatedAt: new Date() } })
    const text = `version ${version.number} circulated`
    const policy = await changePolicy(tx, ctx, before, { audience }, { action: 'policy.circulated', reason, text })
    const told = await tellAudience(tx, ctx, policy, version)
    return { ...(await policyDto(tx, ctx, policy)), told }
  })
}

/** Throws `invalid_input` unless every team is one of the organization's in use. */
export async function requireTeams(tx: Transaction, ctx: Context, teamIds: readonly string[]): Promise<void> {
  const where = { organizationId: ctx.organizationId, id: { in: [...teamIds] }, archivedAt: null }
  if ((await tx.team.count({ where })) === new Set(teamIds).size) return
  throw invalid('teamIds', 'One of these teams is not one of this organization, or is archived.')
}

/** Throws `invalid_input` when keys need an acknowledgement from people whom nobody asks for it. */
export function requireInside(requirement: Pick<Requirement, 'scope' | 'teamIds'>, audience: Audience): void {
  if (requirement.scope === 'off' || audience.everyone) return
  const asked = new Set(audience.teamIds)
  if (requirement.scope === 'teams' && requirement.teamIds.every(id => asked.has(id))) return
  const words = 'Keys can need only what their people are asked for: circulate the policy to these teams as well.'
  throw invalid('teamIds', words)
}
