import type { Context } from '#lib/platform/context.ts'
import { conflict, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Policy, PolicyVersion } from '#prisma/generated/client.ts'

/** A policy of the organization; throws `not_found` for any other. */
export async function findPolicy(tx: Transaction, ctx: Context, id: string): Promise<Policy> {
  const policy = await tx.policy.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!policy) throw notFound('policy')
  return policy
}

/**
 * Locks a policy against others who change it. What waits for a decision about it is locked first, as whoever decides
 * does: otherwise the two could wait for each other.
 */
export async function lockRow(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`select 1 from approval_requests where subject_id = ${id}::uuid and state = 'pending' order by id for update`
  await tx.$queryRaw`select 1 from policies where id = ${id}::uuid for update`
}

/** A policy of the organization, locked and in use; throws `conflict` for one that is archived. */
export async function lockPolicy(tx: Transaction, ctx: Context, id: string): Promise<Policy> {
  await lockRow(tx, id)
  const policy = await findPolicy(tx, ctx, id)
  if (policy.archivedAt) throw conflict(`${policy.name} is archived.`)
  return policy
}

/** The version that is ratified; null before the first. */
export function ratifiedVersion(tx: Transaction, policyId: string): Promise<PolicyVersion | null> {
  return tx.policyVersion.findFirst({ where: { policyId, state: 'ratified' } })
}

/** The version that waits for Legal or the sponsor; null when none does. */
export function openVersion(tx: Transaction, policyId: string): Promise<PolicyVersion | null> {
  return tx.policyVersion.findFirst({ where: { policyId, state: { in: ['in_review', 'legal_reviewed'] } } })
}

/**
 * The version whose acknowledgement people are asked for: the one in force, else one that Legal has reviewed and that
 * was circulated before the sponsor ratified it.
 */
export async function askedVersion(tx: Transaction, policyId: string): Promise<PolicyVersion | null> {
  const ratified = await ratifiedVersion(tx, policyId)
  if (ratified) return ratified
  return tx.policyVersion.findFirst({ where: { policyId, state: 'legal_reviewed', circulatedAt: { not: null } } })
}
