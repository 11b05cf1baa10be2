import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, invalid, notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { toDelegationDto } from './delegations.ts'
import type { DelegationDto } from './dto.ts'
import { isKind } from './kinds.ts'
import { DelegateInput, EndDelegationInput } from './schema.ts'

const LONGEST_MS = 180 * 86_400_000

/**
 * Lets somebody decide in another's place until a day, at most 180 days: one's own decisions, or with
 * `approvals.manage` anybody's. Separation of duties holds for both.
 */
export function delegateApprovals({ ctx, input }: VerbArgs): Promise<DelegationDto> {
  requirePermission(ctx, 'approvals.decide')
  const { toId, kinds, endsAt, startsAt, reason, ...given } = parseInput(DelegateInput, input)
  const fromId = given.fromId ?? (ctx.actor.kind === 'person' ? ctx.actor.id : null)
  if (fromId === null) throw invalid('fromId', 'Say whose decisions are delegated.')
  if (fromId !== ctx.actor.id && !scopeOf(ctx.actor, 'approvals.manage')) {
    throw new DomainError('permission_denied', 'Only an administrator delegates the decisions of others.')
  }
  if (toId === fromId) throw invalid('toId', 'Nobody stands in for themselves.')
  const unknown = kinds.find(kind => !isKind(kind))
  if (unknown) throw invalid('kinds', `There is no kind of request "${unknown}".`)
  const start = startsAt ? new Date(startsAt) : new Date()
  const end = new Date(endsAt)
  if (end <= start || end.getTime() <= Date.now())
    throw invalid('endsAt', 'It has to end after it starts, and not yet.')
  if (end.getTime() - start.getTime() > LONGEST_MS) throw invalid('endsAt', 'A delegation lasts 180 days at most.')
  return transact(ctx, async tx => {
    const where = { organizationId: ctx.organizationId, status: 'active' as const }
    const from = await tx.person.findFirst({ where: { ...where, id: fromId } })
    const to = await tx.person.findFirst({ where: { ...where, id: toId } })
    if (!from || !to) throw notFound('person')
    const overlapping = {
      organizationId: ctx.organizationId,
      fromId,
      endedAt: null,
      startsAt: { lt: end },
      endsAt: { gt: start },
      toId,
    }
    if ((await tx.approvalDelegation.count({ where: overlapping })) > 0) {
      throw conflict(`${to.name} stands in for ${from.name} at that time already. End that first.`)
    }
    const { organizationId } = ctx
    const names = { fromId, fromName: from.name, toId, toName: to.name }
    const delegation = await tx.approvalDelegation.create({
      data: { id: newId(), organizationId, ...names, kinds, reason, startsAt: start, endsAt: end },
    })
    await audit(tx, ctx, {
      action: 'approval_delegation.made',
      subject: { kind: 'person', id: fromId, name: from.name },
      after: { to: to.name, kinds, startsAt: start, endsAt: end },
      ...(reason ? { reason } : {}),
    })
    await announce(tx, ctx, 'approvals')
    return toDelegationDto(delegation)
  })
}

/** Ends a delegation now: by either of the two, or with `approvals.manage`. */
export function endDelegation({ ctx, input }: VerbArgs): Promise<DelegationDto> {
  requirePermission(ctx, 'approvals.decide')
  const { id } = parseInput(EndDelegationInput, input)
  return transact(ctx, async tx => {
    const delegation = await tx.approvalDelegation.findFirst({ where: { id, organizationId: ctx.organizationId } })
    const concerned = delegation && [delegation.fromId, delegation.toId].includes(ctx.actor.id ?? '')
    if (!delegation || !(concerned || scopeOf(ctx.actor, 'approvals.manage'))) throw notFound('delegation')
    if (delegation.endedAt) throw conflict('This delegation has ended already.')
    const ended = await tx.approvalDelegation.update({ where: { id }, data: { endedAt: new Date() } })
    await audit(tx, ctx, {
      action: 'approval_delegation.ended',
      subject: { kind: 'person', id: delegation.fromId, name: delegation.fromName },
      before: { to: delegation.toName, endsAt: delegation.endsAt },
    })
    await announce(tx, ctx, 'approvals')
    return toDelegationDto(ended)
  })
}
