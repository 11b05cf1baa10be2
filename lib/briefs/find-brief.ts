import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { conflict, invalid, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { requireOwner } from '#lib/workloads/find-workload.ts'
import type { Brief, Prisma } from '#prisma/generated/client.ts'

/** The filter for the briefs that the actor may see: all that were submitted, and drafts of their own or their team's. */
export function visibleTo(ctx: Context): Prisma.BriefWhereInput {
  requirePermission(ctx, 'workloads.read')
  const { actor, organizationId } = ctx
  const all = actor.kind !== 'person' || scopeOf(actor, 'workloads.propose') === 'organization'
  return all
    ? { organizationId }
    : { organizationId, OR: [{ state: { in: ['submitted', 'approved'] } }, ...ownOf(actor)] }
}

/** A brief that the actor may see; throws `not_found` for any other. */
export async function findBrief(tx: Transaction, ctx: Context, id: string): Promise<Brief> {
  const brief = await tx.brief.findFirst({ where: { AND: [visibleTo(ctx), { id }] } })
  if (!brief) throw notFound('brief')
  return brief
}

/** Whether the actor may go on writing a brief: their own, their team's, or any. */
export function mayWrite(ctx: Context, { state, authorId, ownerId, teamId }: Brief): boolean {
  const { actor } = ctx
  const scope = scopeOf(actor, 'workloads.propose')
  if (!scope || (state !== 'draft' && state !== 'returned')) return false
  if (scope === 'organization') return true
  if (actor.kind !== 'person') return false
  return authorId === actor.id || ownerId === actor.id || (teamId !== null && actor.teamIds.includes(teamId))
}

/** A brief that the actor may write on, locked. Throws `conflict` for one that is not being written. */
export async function lockDraft(tx: Transaction, ctx: Context, id: string): Promise<Brief> {
  requirePermission(ctx, 'workloads.propose')
  await tx.$queryRaw`select 1 from briefs where id = ${id}::uuid for update`
  const brief = await findBrief(tx, ctx, id)
  if (brief.state !== 'draft' && brief.state !== 'returned') {
    const words =
      brief.state === 'submitted' ? 'waits for a decision. Take it back to change it.' : `is ${brief.state}.`
    throw conflict(`${brief.name} ${words}`)
  }
  if (!mayWrite(ctx, brief)) throw notFound('brief')
  return brief
}

/** Throws `invalid_input` unless team and owner are the organization's, and the team one that the actor may propose for. */
export async function requirePeople(
  tx: Transaction,
  ctx: Context,
  { teamId, ownerId }: { teamId?: string | null | undefined; ownerId?: string | null | undefined },
): Promise<void> {
  const { organizationId, actor } = ctx
  await requireOwner(tx, organizationId, ownerId ?? null)
  if (!teamId) return
  const team = await tx.team.count({ where: { id: teamId, organizationId, archivedAt: null } })
  if (team === 0) throw invalid('teamId', 'There is no such team here, or it is archived.')
  const own = actor.kind === 'person' && actor.teamIds.includes(teamId)
  if (!own && scopeOf(actor, 'workloads.propose') !== 'organization') {
    throw invalid('teamId', 'Write briefs for a team that you are in.')
  }
}

function ownOf(actor: Extract<Context['actor'], { kind: 'person' }>): Prisma.BriefWhereInput[] {
  return [{ authorId: actor.id }, { ownerId: actor.id }, { teamId: { in: actor.teamIds } }]
}
