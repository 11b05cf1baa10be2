import { z } from 'zod'

export const RecordChange = z.strictObject({
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type RecordChange = z.infer<typeof RecordChange>

/** One version of a governed record, as its history shows it. */
export const RecordVersionDto = z.strictObject({
  id: z.uuid(),
  version: z.int(),
  changes: z.array(RecordChange),
  reason: z.string(),
  authorName: z.string(),
  createdAt: z.iso.datetime(),
})
export type RecordVersionDto = z.infer<typeof RecordVersionDto>
