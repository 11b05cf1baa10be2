import { latestEnd } from '#core/exemptions/exemption-policy.ts'
import { openApproval } from '#lib/approvals/open-approval.ts'
import { requirePermission, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { beneficiariesOf } from './beneficiaries.ts'
import { askedNames, exemptionKind, riskOf } from './exemption-kind.ts'
import { readExemption, stateOf, termsOf } from './exemption-record.ts'
import { isTheirs, lockExemption } from './find-exemption.ts'
import { policyInForce } from './policy-in-force.ts'
import { getExemption } from './queries.ts'
import { type ExemptionDetailDto, ExtendExemptionInput } from './schema.ts'

/** Asks for more time. It ends as it was to until somebody else approves; the policy says how often and how long. */
export async function extendExemption({ ctx, input }: VerbArgs): Promise<ExemptionDetailDto> {
  requirePermission(ctx, 'exemptions.request')
  const { id, endsAt, reason } = parseInput(ExtendExemptionInput, input)
  return transact(ctx, async tx => {
    const row = await lockExemption(tx, ctx, id)
    if (!isTheirs(ctx, row) && scopeOf(ctx.actor, 'exemptions.request') !== 'organization') {
      throw new DomainError('permission_denied', 'Whoever asked for it or answers for it asks for more time.')
    }
    if (stateOf(row) !== 'in_force') throw conflict('Only an exemption that is in force can have more time.')
    const { policy } = await policyInForce(tx, ctx)
    if (row.extensions >= policy.maxExtensions) {
      throw conflict(`It has been extended ${row.extensions} times, which is all the policy lets. Ask for a new one.`)
    }
    const { kind, riskRating } = readExemption(row)
    const end = Date.parse(endsAt)
    if (end <= row.endsAt.getTime()) throw invalid('endsAt', 'More time ends later than what it has.')
    if (end > latestEnd(policy, kind, Date.now())) {
      throw invalid('endsAt', `It may last ${policy.maxDays[kind]} days from today at most.`)
    }
    await openApproval(tx, ctx, {
      kind: exemptionKind,
      subjectId: id,
      title: `More time for the exemption: ${row.title}`,
      reason,
      snapshot: {
        terms: termsOf(row),
        names: await askedNames(tx, row),
        extension: { endsAt: new Date(end).toISOString() },
      },
      teamId: row.teamId,
      risk: riskOf(riskRating),
      tiers: [row.tier],
      rule: `Extension ${row.extensions + 1} of an exemption`,
      excludedIds: await beneficiariesOf(tx, row),
    })
    return getExemption({ ...ctx, tx }, id)
  })
}
