import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { publishLeads } from '#lib/teams/publish-team.ts'
import { requireInside, requireTeams } from './circulate-policy.ts'
import { lockPolicy } from './find-policy.ts'
import { changePolicy } from './keep-policy.ts'
import { policyDto } from './policy-dto.ts'
import { Audience, type PolicyDto, Requirement, SetRequirementInput } from './schema.ts'

/**
 * Says which keys need a current acknowledgement of a policy. Gateways refuse them from the end of the days of grace on,
 * with `acknowledgement_required`, until their holder has acknowledged it; keys of nobody, until a lead of their team has.
 */
export async function setRequirement({ ctx, input }: VerbArgs): Promise<PolicyDto> {
  requirePermission(ctx, 'policies.manage')
  const { id, reason, scope, teamIds, graceDays } = parseInput(SetRequirementInput, input)
  return transact(ctx, async tx => {
    const before = await lockPolicy(tx, ctx, id)
    const was = Requirement.parse(before.requirement)
    const wanted = scope === 'teams' ? [...new Set(teamIds)] : []
    if (scope === 'teams' && wanted.length === 0) throw invalid('teamIds', 'Name at least one team.')
    await requireTeams(tx, ctx, wanted)
    requireInside({ scope, teamIds: wanted }, Audience.parse(before.audience))
    const since = scope === 'off' ? was.since : was.scope === 'off' || !was.since ? new Date().toISOString() : was.since
    const requirement = { scope, teamIds: wanted, graceDays, since }
    const action = 'policy.requirement_set'
    const policy = await changePolicy(tx, ctx, before, { requirement }, { action, reason })
    if (scope !== 'off') {
      // Keys of nobody go by the leads of their team, whom the gateways know from its document.
      const where = { organizationId: ctx.organizationId, ...(scope === 'teams' ? { id: { in: wanted } } : {}) }
      const teams = await tx.team.findMany({ where, select: { id: true } })
      await publishLeads(
        tx,
        ctx,
        teams.map(team => team.id),
      )
    }
    return policyDto(tx, ctx, policy)
  })
}
