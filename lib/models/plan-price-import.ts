import { canonicalize } from 'json-canonicalize'
import { sha256 } from '#core/secrets.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type ComparedPrice, comparePrice, entryFor, PRICE_CHANGES, type PricedModel } from './compare-prices.ts'
import { WITH_PROVIDER_AND_PRICES } from './model-dto.ts'
import { amountsDto, amountsOf, priceAt } from './price-amounts.ts'
import { readPriceFile, type SkippedEntry } from './price-file.ts'
import type { PriceImportPreviewDto } from './price-import-schema.ts'

const EXAMPLES = 20

/** What a price file would change in the catalog as it is now, and the hash that stands for exactly that. */
export async function planPriceImport(
  tx: Transaction,
  input: { file: string; providerId?: string | undefined },
): Promise<{ preview: PriceImportPreviewDto; changes: ComparedPrice[] }> {
  const { entries, skipped } = readPriceFile(input.file)
  const models = await loadModels(tx, input.providerId)
  const found = models.map(model => ({ model, entry: entryFor(model, entries) }))
  const compared = found.flatMap(({ model, entry }) => (entry ? [comparePrice(model, entry)] : []))
  const used = new Set(compared.map(row => row.entry))
  const unknown = entries.filter(entry => !used.has(entry.key)).map(entry => entry.key)
  const rows = compared.map(row => ({
    ...row,
    before: row.before && amountsDto(row.before),
    after: amountsDto(row.after),
  }))
  const preview: PriceImportPreviewDto = {
    hash: sha256(canonicalize(rows)).toString('hex'),
    rows,
    counts: {
      ...Object.fromEntries(PRICE_CHANGES.map(change => [change, 0])),
      ...Object.fromEntries(
        Object.entries(Object.groupBy(rows, row => row.change)).map(([k, v]) => [k, v?.length ?? 0]),
      ),
    } as PriceImportPreviewDto['counts'],
    unknown: { count: unknown.length, examples: unknown.toSorted().slice(0, EXAMPLES) },
    skipped: groupSkipped(skipped),
    notInFile: found
      .filter(({ entry }) => entry === null)
      .map(({ model }) => ({ modelId: model.id, identifier: model.identifier })),
  }
  return { preview, changes: compared.filter(row => row.change !== 'unchanged') }
}

async function loadModels(tx: Transaction, providerId: string | undefined): Promise<PricedModel[]> {
  const models = await tx.model.findMany({
    where: providerId ? { providerId } : {},
    include: { ...WITH_PROVIDER_AND_PRICES, provider: { select: { kind: true, baseUrl: true } } },
    orderBy: { identifier: 'asc' },
  })
  const now = new Date()
  return models.map(model => {
    const price = priceAt(model.prices, now)
    const { id, identifier, upstreamModel, provider } = model
    return { id, identifier, upstreamModel, provider, price: price && amountsOf(price) }
  })
}

function groupSkipped(skipped: SkippedEntry[]): PriceImportPreviewDto['skipped'] {
  const byReason = Object.entries(Object.groupBy(skipped, entry => entry.reason))
  return byReason.map(([reason, entries = []]) => ({
    reason,
    count: entries.length,
    examples: entries.slice(0, EXAMPLES).map(entry => entry.key),
  }))
}
