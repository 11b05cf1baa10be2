import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict, invalid } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { FullModel } from './model-dto.ts'
import { type Amounts, amountsDto, amountsOf, modelPriceDto, priceAt } from './price-amounts.ts'
import type { ModelPriceDto } from './schema.ts'

export interface PriceRow {
  amounts: Amounts
  /** Left out: from now on. */
  validFrom?: Date
  source: string
  sourceDate: Date
}

/**
 * Adds a price from a moment on. A row whose time has come is never changed, and none is added behind it:
 * what was charged stays what it was. One still to come is replaced by another of the same moment.
 */
export async function addPriceRow(
  tx: Transaction,
  ctx: Context,
  model: FullModel,
  row: PriceRow,
): Promise<ModelPriceDto> {
  const now = new Date()
  const validFrom = row.validFrom ?? now
  const begun = priceAt(model.prices, now)
  if (validFrom < now && begun) {
    throw invalid('validFrom', 'A price begins now or later: what was charged before stays as it was.')
  }
  const same = model.prices.find(price => price.validFrom.getTime() === validFrom.getTime())
  if (same && same.validFrom <= now) throw conflict('A price began at this very moment. Try again.')
  const data = { ...row.amounts, validFrom, source: row.source, sourceDate: row.sourceDate }
  const saved = same
    ? await tx.modelPrice.update({ where: { id: same.id }, data })
    : await tx.modelPrice.create({
        data: { id: newId(), organizationId: ctx.organizationId, modelId: model.id, ...data },
      })
  const before = same ?? begun
  await audit(tx, ctx, {
    action: same ? 'model.future_price_replaced' : 'model.price_added',
    subject: { kind: 'model', id: model.id, name: model.identifier },
    ...(before ? { before: { validFrom: before.validFrom, usdPerMillionTokens: amountsDto(amountsOf(before)) } } : {}),
    after: modelPriceDto(saved),
  })
  return modelPriceDto(saved)
}

/** Midnight UTC of a day given as YYYY-MM-DD, or of today. */
export function dayOf(text: string | undefined): Date {
  return new Date(`${text ?? new Date().toISOString().slice(0, 10)}T00:00:00Z`)
}
