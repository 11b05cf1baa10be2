import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import type { ApprovalDelegation } from '#prisma/generated/client.ts'
import type { DelegationDto } from './dto.ts'

const LONGEST = 200

/** Delegations that are or will be in force: one's own, or all with `approvals.read` for the organization. */
export function listDelegations(ctx: Context): Promise<DelegationDto[]> {
  requirePermission(ctx, 'approvals.read')
  const id = ctx.actor.id ?? ''
  const mine = scopeOf(ctx.actor, 'approvals.read') === 'organization' ? {} : { OR: [{ fromId: id }, { toId: id }] }
  return read(ctx, async tx => {
    const rows = await tx.approvalDelegation.findMany({
      where: { organizationId: ctx.organizationId, endedAt: null, endsAt: { gt: new Date() }, ...mine },
      orderBy: { startsAt: 'asc' },
      take: LONGEST,
    })
    return rows.map(toDelegationDto)
  })
}

export function toDelegationDto(row: ApprovalDelegation): DelegationDto {
  const { id, fromId, fromName, toId, toName, kinds, reason } = row
  return {
    ...{ id, fromId, fromName, toId, toName, kinds, reason },
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}
