import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Policy, PolicyVersion } from '#prisma/generated/client.ts'
import { Audience } from './schema.ts'

/** Ids of the active people whom a policy is for. */
export async function audienceOf(tx: Transaction, ctx: Context, policy: Pick<Policy, 'audience'>): Promise<string[]> {
  const { everyone, teamIds } = Audience.parse(policy.audience)
  const people = await tx.person.findMany({
    where: {
      organizationId: ctx.organizationId,
      status: 'active',
      ...(everyone ? {} : { memberships: { some: { teamId: { in: teamIds } } } }),
    },
    select: { id: true },
  })
  return people.map(({ id }) => id)
}

/** Of the audience, the ids of those who have not acknowledged a wording that counts. */
export async function stillAsked(
  tx: Transaction,
  ctx: Context,
  policy: Pick<Policy, 'id' | 'audience'>,
  version: Pick<PolicyVersion, 'asksFrom'>,
): Promise<string[]> {
  const done = await tx.policyAcknowledgement.findMany({
    where: { organizationId: ctx.organizationId, policyId: policy.id, number: { gte: version.asksFrom } },
    select: { personId: true },
  })
  const acknowledged = new Set(done.map(({ personId }) => personId))
  return (await audienceOf(tx, ctx, policy)).filter(id => !acknowledged.has(id))
}
