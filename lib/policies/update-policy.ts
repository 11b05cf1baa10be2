import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireName, requireOwner } from './create-policy.ts'
import { lockPolicy } from './find-policy.ts'
import { changePolicy } from './keep-policy.ts'
import { policyDto } from './policy-dto.ts'
import { type PolicyDto, UpdatePolicyInput } from './schema.ts'

const DAY_MS = 86_400_000

/** Changes a policy's name, owner or how often it is reviewed; what is left out stays. Its text changes by versions. */
export async function updatePolicy({ ctx, input }: VerbArgs): Promise<PolicyDto> {
  requirePermission(ctx, 'policies.manage')
  const { id, reason, name, ownerId, reviewEveryDays } = parseInput(UpdatePolicyInput, input)
  return transact(ctx, async tx => {
    const before = await lockPolicy(tx, ctx, id)
    await requireOwner(tx, ctx, ownerId)
    if (name) await requireName(tx, ctx, name, id)
    const moved =
      reviewEveryDays && before.reviewDueAt
        ? new Date(before.reviewDueAt.getTime() + (reviewEveryDays - before.reviewEveryDays) * DAY_MS)
        : undefined
    const data = {
      ...(name ? { name } : {}),
      ...(ownerId !== undefined ? { ownerId } : {}),
      ...(reviewEveryDays ? { reviewEveryDays } : {}),
      ...(moved ? { reviewDueAt: moved } : {}),
    }
    return policyDto(tx, ctx, await changePolicy(tx, ctx, before, data, { action: 'policy.updated', reason }))
  })
}
