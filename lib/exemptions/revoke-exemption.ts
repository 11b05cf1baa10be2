import { notify } from '#lib/notices/notify.ts'
import { requirePermission, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { stateOf } from './exemption-record.ts'
import { isTheirs, lockExemption } from './find-exemption.ts'
import { keepExemption } from './keep-version.ts'
import { getExemption } from './queries.ts'
import { type ExemptionDetailDto, RevokeExemptionInput } from './schema.ts'

/**
 * Ends an exemption before its time; every gateway refuses within a second. Security may, and whoever asked for it or
 * answers for it. Revoking a revoked one changes nothing and succeeds.
 */
export async function revokeExemption({ ctx, input }: VerbArgs): Promise<ExemptionDetailDto> {
  requirePermission(ctx, 'exemptions.read')
  const { id, reason } = parseInput(RevokeExemptionInput, input)
  return transact(ctx, async tx => {
    const before = await lockExemption(tx, ctx, id)
    if (!scopeOf(ctx.actor, 'exemptions.manage') && !isTheirs(ctx, before)) {
      throw new DomainError('permission_denied', 'Security revokes it, or whoever asked for it or answers for it.')
    }
    const state = stateOf(before)
    if (state === 'revoked') return getExemption({ ...ctx, tx }, id)
    if (state !== 'in_force' && state !== 'scheduled') {
      throw conflict(`It allows nothing: it is ${state === 'requested' ? 'only asked for' : state}.`)
    }
    const now = new Date()
    const ended = { status: 'revoked', endedAt: now, endedBy: ctx.actor.name, endReason: reason }
    const data = { ...ended, version: before.version + 1, updatedAt: now }
    const after = await tx.exemption.update({ where: { id }, data })
    await keepExemption(tx, ctx, { before, after, action: 'exemption.revoked', reason })
    const others = [after.personId, after.ownerId].filter(one => one !== ctx.actor.id)
    await notify(tx, ctx, others, {
      kind: 'exemption',
      occasion: `exemption:${id}:${after.version}`,
      title: `The exemption “${after.title}” was revoked`,
      detail: `${ctx.actor.name}: ${reason}`,
      href: `/govern/exemptions/${id}`,
    })
    return getExemption({ ...ctx, tx }, id)
  })
}
