import { formatUsd } from '#core/money.ts'
import { TOKEN_CLASSES, type TokenClass } from '#core/pricing/token-usage.ts'
import type { ModelPrice } from '#prisma/generated/client.ts'
import type { ModelPriceDto, PriceAmountsDto } from './schema.ts'

/** Nano-US-dollars per million tokens of each class. */
export type Amounts = Record<TokenClass, bigint | null>

/** A value for each token class. */
export function byClass<T>(read: (tokenClass: TokenClass) => T): Record<TokenClass, T> {
  return Object.fromEntries(TOKEN_CLASSES.map(tokenClass => [tokenClass, read(tokenClass)])) as Record<TokenClass, T>
}

/** The amounts of a price row. */
export function amountsOf(row: Amounts): Amounts {
  return byClass(tokenClass => row[tokenClass])
}

/** US dollars per million tokens as decimal text. */
export function amountsDto(amounts: Amounts): PriceAmountsDto {
  return byClass(tokenClass => {
    const amount = amounts[tokenClass]
    return amount === null ? null : formatUsd(amount)
  })
}

export function modelPriceDto(row: ModelPrice): ModelPriceDto {
  return {
    id: row.id,
    validFrom: row.validFrom.toISOString(),
    usdPerMillionTokens: amountsDto(row),
    source: row.source,
    sourceDate: row.sourceDate.toISOString().slice(0, 10),
  }
}

/** The row in force at a moment: the latest that began by then; null: the model was unpriced. */
export function priceAt<P extends { validFrom: Date }>(rows: readonly P[], moment: Date): P | null {
  const begun = rows.filter(row => row.validFrom <= moment)
  return begun.reduce<P | null>((latest, row) => (latest && latest.validFrom >= row.validFrom ? latest : row), null)
}
