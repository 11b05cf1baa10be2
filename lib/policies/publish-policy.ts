import { isRequired, requiredFrom } from '#core/policies/required.ts'
import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Policy } from '#prisma/generated/client.ts'
import { ratifiedVersion } from './find-policy.ts'
import { Requirement } from './schema.ts'

/** Publishes a policy that keys need, as the gateways know it; takes away one that they do not need any more. */
export async function publishPolicy(tx: Transaction, ctx: Context, policy: Policy): Promise<void> {
  const requirement = Requirement.parse(policy.requirement)
  // Keys have never needed it, so no gateway knows it.
  if (requirement.since === null) return
  const inForce = await ratifiedVersion(tx, policy.id)
  if (policy.archivedAt || !isRequired(requirement) || !inForce) {
    await withdrawConfig(tx, ctx, 'policy', policy.id)
    return
  }
  const { number, asksFrom } = inForce
  const asked = await tx.policyVersion.findFirst({ where: { policyId: policy.id, number: asksFrom } })
  await publishConfig(tx, ctx, 'policy', policy.id, {
    name: policy.name,
    number,
    asksFrom,
    requiredFrom: requiredFrom(requirement, asked?.ratifiedAt ?? inForce.createdAt).toISOString(),
    teamIds: requirement.scope === 'everyone' ? null : requirement.teamIds,
  })
}
