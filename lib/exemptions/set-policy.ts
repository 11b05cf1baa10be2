import type { ExemptionPolicy } from '#core/exemptions/exemption-policy.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion } from '#lib/records/keep-version.ts'
import { POLICY_KIND, policyInForce } from './policy-in-force.ts'
import { type ExemptionPolicyDto, SetExemptionPolicyInput } from './schema.ts'

/** Says how long exemptions may last from now on; those in force keep their end. */
export async function setExemptionPolicy({ ctx, input }: VerbArgs): Promise<ExemptionPolicyDto> {
  if (requirePermission(ctx, 'exemptions.manage') !== 'organization') {
    throw new DomainError('permission_denied', 'Only who manages every exemption can set this. Ask Security.')
  }
  const { policy, reason } = parseInput(SetExemptionPolicyInput, input)
  return transact(ctx, async tx => {
    // Two who change it at once do so one after the other.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('exemption_policy'), hashtext(${ctx.organizationId}))::text`
    const before = await policyInForce(tx, ctx)
    const version = before.version + 1
    await keepVersion(tx, ctx, {
      kind: POLICY_KIND,
      id: ctx.organizationId,
      name: 'Exemption policy',
      version,
      document: policy,
      before: inWords(before.policy),
      after: inWords(policy),
      action: 'exemption_policy.changed',
      reason,
    })
    return { version, policy }
  })
}

function inWords({ maxDays, maxExtensions }: ExemptionPolicy): InWords {
  const days = Object.entries(maxDays).map(([kind, most]) => [`${kind}, most days`, String(most)] as const)
  return { ...Object.fromEntries(days), extensions: String(maxExtensions) }
}
