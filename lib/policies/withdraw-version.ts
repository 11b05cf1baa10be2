import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findPolicy, lockPolicy, openVersion } from './find-policy.ts'
import { policyDto } from './policy-dto.ts'
import { type PolicyDto, PolicyReasonInput } from './schema.ts'
import { voidOpenVersion } from './void-open-version.ts'

/** Takes the version back that waits for Legal or the sponsor, so that the draft can be written on. */
export async function withdrawVersion({ ctx, input }: VerbArgs): Promise<PolicyDto> {
  requirePermission(ctx, 'policies.manage')
  const { id, reason } = parseInput(PolicyReasonInput, input)
  return transact(ctx, async tx => {
    const policy = await lockPolicy(tx, ctx, id)
    const open = await openVersion(tx, id)
    if (!open) throw conflict(`No version of ${policy.name} waits for a decision.`)
    await voidOpenVersion(tx, ctx, open, reason || `Taken back by ${ctx.actor.name}.`)
    return policyDto(tx, ctx, await findPolicy(tx, ctx, id))
  })
}
