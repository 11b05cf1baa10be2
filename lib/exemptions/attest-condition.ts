import { requirePermission, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { attentionAt, readExemption, stateOf } from './exemption-record.ts'
import { isTheirs, lockExemption } from './find-exemption.ts'
import { keepExemption } from './keep-version.ts'
import { getExemption } from './queries.ts'
import { AttestConditionInput, type ExemptionDetailDto } from './schema.ts'

/** Vouches for a condition that no machine can check; the name of whoever does stays with it. */
export async function attestCondition({ ctx, input }: VerbArgs): Promise<ExemptionDetailDto> {
  requirePermission(ctx, 'exemptions.read')
  const { id, attestationId, note } = parseInput(AttestConditionInput, input)
  return transact(ctx, async tx => {
    const before = await lockExemption(tx, ctx, id)
    if (!isTheirs(ctx, before) && !scopeOf(ctx.actor, 'exemptions.manage')) {
      throw new DomainError('permission_denied', 'Whoever asked for it or answers for it vouches for its conditions.')
    }
    const state = stateOf(before)
    if (state !== 'in_force' && state !== 'scheduled') throw conflict('Its conditions matter while it is in force.')
    const { attestations } = readExemption(before)
    const condition = attestations.find(one => one.id === attestationId)
    if (!condition) throw notFound('condition')
    if (condition.attestedAt) return getExemption({ ...ctx, tx }, id)
    const now = new Date()
    const vouched = { ...condition, attestedAt: now.toISOString(), attestedBy: ctx.actor.name, note }
    const all = attestations.map(one => (one.id === attestationId ? vouched : one))
    const data = { attestations: all, attentionAt: attentionAt(all), version: before.version + 1, updatedAt: now }
    const after = await tx.exemption.update({ where: { id }, data })
    await keepExemption(tx, ctx, { before, after, action: 'exemption.attested', reason: `${condition.text}: ${note}` })
    return getExemption({ ...ctx, tx }, id)
  })
}
