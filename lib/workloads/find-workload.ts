import { type Context, ownedBy, scopeOf } from '#lib/platform/context.ts'
import { invalid, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { requireTierName } from '#lib/tiers/tier-name.ts'
import type { Workload } from '#prisma/generated/client.ts'
import type { WorkloadTerms } from './schema.ts'

/** A workload of the organization; throws `not_found` for any other. */
export async function findWorkload(tx: Transaction, ctx: Context, id: string): Promise<Workload> {
  const workload = await tx.workload.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!workload) throw notFound('workload')
  return workload
}

/** One that the actor may change, locked: its own, that of a team one leads, or any. */
export async function lockManagedWorkload(tx: Transaction, ctx: Context, id: string): Promise<Workload> {
  const reach = managedBy(ctx)
  await tx.$queryRaw`select 1 from workloads where id = ${id}::uuid for update`
  const workload = await tx.workload.findFirst({ where: { AND: [reach, { id, organizationId: ctx.organizationId }] } })
  if (!workload) throw notFound('workload')
  return workload
}

/** The filter for the workloads that the actor may change. */
export function managedBy(ctx: Context) {
  const { personId, OR } = ownedBy(ctx, 'workloads.manage')
  if (personId) return { ownerId: personId }
  return OR ? { OR: OR.map(one => ('personId' in one ? { ownerId: one.personId } : one)) } : {}
}

/** Whether the actor sees what goes on inside a workload: with the permission for all, as its owner, or in its team. */
export function seesInside(
  { actor }: Context,
  permission: 'usage.read' | 'keys.read',
  { ownerId, teamId }: Pick<Workload, 'ownerId' | 'teamId'>,
): boolean {
  if (scopeOf(actor, permission) === 'organization') return true
  return actor.kind === 'person' && (ownerId === actor.id || actor.teamIds.includes(teamId))
}

/** Terms with the tier's name as it is written here. Throws `invalid_input` that names the field unless team, owner, tier and models are the organization's. */
export async function requireTerms<Terms extends Pick<WorkloadTerms, 'teamId' | 'ownerId' | 'tier' | 'modelIds'>>(
  tx: Transaction,
  ctx: Context,
  terms: Terms,
): Promise<Terms> {
  const { organizationId } = ctx
  const { teamId, ownerId, modelIds } = terms
  const team = await tx.team.count({ where: { id: teamId, organizationId, archivedAt: null } })
  if (team === 0) throw invalid('teamId', 'There is no such team here, or it is archived.')
  await requireOwner(tx, organizationId, ownerId)
  const known = await tx.model.count({ where: { organizationId, id: { in: modelIds } } })
  if (known !== modelIds.length) throw invalid('modelIds', 'One of these models is not in the catalog.')
  return { ...terms, tier: await requireTierName(tx, ctx, terms.tier) }
}

/** Throws `invalid_input` unless the owner works here. */
export async function requireOwner(tx: Transaction, organizationId: string, ownerId: string | null): Promise<void> {
  if (ownerId === null) return
  const known = await tx.person.count({ where: { id: ownerId, organizationId, status: 'active' } })
  if (known === 0) throw invalid('ownerId', 'The owner is nobody who works here.')
}
