import { newId } from '#core/ids.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { checkOwner } from './find-risk.ts'
import { getRisk } from './get-risk.ts'
import { keepRisk } from './keep-risk.ts'
import { CreateRiskInput, type RiskDetailDto } from './schema.ts'

/** Takes a risk into the register. */
export async function createRisk({ ctx, input }: VerbArgs): Promise<RiskDetailDto> {
  requirePermission(ctx, 'risks.manage')
  const { reason, reviewAt, ...data } = parseInput(CreateRiskInput, input)
  return transact(ctx, async tx => {
    await checkOwner(tx, ctx, data.ownerId)
    const id = newId()
    const { organizationId } = ctx
    const after = await tx.risk.create({ data: { id, organizationId, ...data, reviewAt: new Date(reviewAt) } })
    await keepRisk(tx, ctx, { before: null, after, action: 'risk.added', reason })
    return getRisk({ ...ctx, tx }, id)
  })
}
