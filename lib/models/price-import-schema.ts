import { z } from 'zod'
import { PRICE_CHANGES } from './compare-prices.ts'
import { PriceAmountsDto } from './schema.ts'

/** The largest price file read, in characters. */
export const MAX_FILE_LENGTH = 6_000_000

export const PreviewPriceImportInput = z.strictObject({
  /** The file's text, as it is. */
  file: z.string().min(2, 'the text of the price file').max(MAX_FILE_LENGTH, 'at most 6 million characters'),
  /** Left out: models of every provider. */
  providerId: z.uuid().optional(),
})

export const ApplyPriceImportInput = PreviewPriceImportInput.extend({
  /** Of the preview that was looked at. */
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'the hash of the preview'),
})

export const PriceImportRow = z.strictObject({
  modelId: z.uuid(),
  identifier: z.string(),
  entry: z.string(),
  change: z.enum(PRICE_CHANGES),
  /** US dollars per million tokens. */
  before: PriceAmountsDto.nullable(),
  after: PriceAmountsDto,
})
export type PriceImportRow = z.infer<typeof PriceImportRow>

export const PriceImportPreviewDto = z.strictObject({
  /** Give it back to apply exactly this. */
  hash: z.string(),
  rows: z.array(PriceImportRow),
  counts: z.record(z.enum(PRICE_CHANGES), z.int()),
  /** Entries of the file that no model of the catalog is called by; the first of them by name. */
  unknown: z.strictObject({ count: z.int(), examples: z.array(z.string()) }),
  /** Entries that cannot be used, by reason. */
  skipped: z.array(z.strictObject({ reason: z.string(), count: z.int(), examples: z.array(z.string()) })),
  /** Models of the catalog that the file does not price. */
  notInFile: z.array(z.strictObject({ modelId: z.uuid(), identifier: z.string() })),
})
export type PriceImportPreviewDto = z.infer<typeof PriceImportPreviewDto>

export const AppliedPriceImportDto = z.strictObject({ hash: z.string(), changed: z.int(), unchanged: z.int() })
export type AppliedPriceImportDto = z.infer<typeof AppliedPriceImportDto>
