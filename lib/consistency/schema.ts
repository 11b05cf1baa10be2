import { z } from 'zod'

export const FindingDto = z.strictObject({
  subject: z.strictObject({ kind: z.string(), id: z.string(), name: z.string() }),
  message: z.string(),
  fix: z.strictObject({ text: z.string(), href: z.string() }),
})
export type FindingDto = z.infer<typeof FindingDto>

export const CheckDto = z.strictObject({
  id: z.string(),
  title: z.string(),
  consequence: z.string(),
  severity: z.enum(['error', 'warning']),
  findings: z.array(FindingDto),
})
export type CheckDto = z.infer<typeof CheckDto>

export const ConsistencyDto = z.strictObject({ asOf: z.iso.datetime(), checks: z.array(CheckDto) })
export type ConsistencyDto = z.infer<typeof ConsistencyDto>

/** What a proposed change would break, and mend. */
export const PreviewDto = z.strictObject({
  /** Why it could not be carried out as things are; null: it could. */
  refused: z.string().nullable(),
  appears: z.array(FindingDto.extend({ check: z.string() })),
  disappears: z.array(FindingDto.extend({ check: z.string() })),
})
export type PreviewDto = z.infer<typeof PreviewDto>
