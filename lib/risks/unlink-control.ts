import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockOpenRisk } from './find-risk.ts'
import { getRisk } from './get-risk.ts'
import { keepRisk } from './keep-risk.ts'
import { type RiskDetailDto, UnlinkControlInput } from './schema.ts'

/** Takes a control from a risk; the history keeps that it was one. */
export async function unlinkControl({ ctx, input }: VerbArgs): Promise<RiskDetailDto> {
  requirePermission(ctx, 'risks.manage')
  const { id, controlId } = parseInput(UnlinkControlInput, input)
  return transact(ctx, async tx => {
    const before = await lockOpenRisk(tx, ctx, id)
    const control = await tx.riskControl.findFirst({ where: { id: controlId, riskId: id } })
    if (!control) throw notFound('control')
    await tx.riskControl.delete({ where: { id: controlId } })
    const after = await tx.risk.update({ where: { id }, data: { version: before.version + 1, updatedAt: new Date() } })
    const more = { before: { control: `${control.kind} ${control.name}` }, after: { control: null } }
    await keepRisk(tx, ctx, { before, after, action: 'risk.control_unlinked', reason: '', more })
    return getRisk({ ...ctx, tx }, id)
  })
}
