import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockPolicy, ratifiedVersion } from './find-policy.ts'
import { changePolicy } from './keep-policy.ts'
import { policyDto } from './policy-dto.ts'
import { type PolicyDto, PolicyReasonInput } from './schema.ts'

const DAY_MS = 86_400_000

/** Records that the version in force was reviewed and stays as it is; the next review is due a cadence from now. */
export async function confirmPolicy({ ctx, input }: VerbArgs): Promise<PolicyDto> {
  requirePermission(ctx, 'policies.manage')
  const { id, reason } = parseInput(PolicyReasonInput, input)
  return transact(ctx, async tx => {
    const before = await lockPolicy(tx, ctx, id)
    const inForce = await ratifiedVersion(tx, id)
    if (!inForce) throw conflict(`No version of ${before.name} is in force that could be reviewed.`)
    const reviewDueAt = new Date(Date.now() + before.reviewEveryDays * DAY_MS)
    const text = `version ${inForce.number} reviewed without change`
    const change = { action: 'policy.reviewed_unchanged', reason, text }
    return policyDto(tx, ctx, await changePolicy(tx, ctx, before, { reviewDueAt }, change))
  })
}
