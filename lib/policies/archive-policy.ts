import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findPolicy, lockPolicy, openVersion } from './find-policy.ts'
import { changePolicy } from './keep-policy.ts'
import { policyDto } from './policy-dto.ts'
import { type PolicyDto, PolicyReasonInput } from './schema.ts'
import { voidOpenVersion } from './void-open-version.ts'

/** Takes a policy out of use: nobody is asked for it and no key needs it. Versions and acknowledgements stay. */
export async function archivePolicy({ ctx, input }: VerbArgs): Promise<PolicyDto> {
  requirePermission(ctx, 'policies.manage')
  const { id, reason } = parseInput(PolicyReasonInput, input)
  return transact(ctx, async tx => {
    const found = await findPolicy(tx, ctx, id)
    if (found.archivedAt) return policyDto(tx, ctx, found)
    await lockPolicy(tx, ctx, id)
    const open = await openVersion(tx, id)
    if (open) await voidOpenVersion(tx, ctx, open, `${found.name} was archived by ${ctx.actor.name}.`)
    const before = await findPolicy(tx, ctx, id)
    const change = { action: 'policy.archived', reason }
    return policyDto(tx, ctx, await changePolicy(tx, ctx, before, { archivedAt: new Date() }, change))
  })
}
