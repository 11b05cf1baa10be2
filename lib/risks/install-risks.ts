import { newId } from '#core/ids.ts'
import { SHIPPED_RISKS } from '#core/risks/shipped-risks.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { keepRisk } from './keep-risk.ts'

const FIRST_REVIEW_MS = 90 * 86_400_000

/** Begins an organization's register with the common risks of generative models, to be judged by its own people. */
export async function installRisks(tx: Transaction, ctx: Context, idOf: () => string = newId): Promise<void> {
  const reviewAt = new Date(Date.now() + FIRST_REVIEW_MS)
  for (const { key, inherent, residual, ...texts } of SHIPPED_RISKS) {
    const after = await tx.risk.create({
      data: {
        id: idOf(),
        organizationId: ctx.organizationId,
        ...texts,
        ...{
          likelihood: inherent[0],
          impact: inherent[1],
          residualLikelihood: residual[0],
          residualImpact: residual[1],
        },
        ...{ reviewAt, shippedKey: key },
      },
    })
    await keepRisk(tx, ctx, { before: null, after, action: 'risk.added', reason: 'Comes with Gatehouse' })
  }
}
