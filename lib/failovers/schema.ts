import { z } from 'zod'
import { PageQuery } from '#lib/platform/pagination.ts'

/** From when until when calls of a deployment went elsewhere, over all replicas. */
export const FailoverDto = z.strictObject({
  id: z.uuid(),
  modelId: z.uuid(),
  /** What clients call the model; null: it is no longer in the catalog. */
  model: z.string().nullable(),
  /** Where calls went; null: nowhere, for want of an equivalent. */
  substituteId: z.uuid().nullable(),
  substitute: z.string().nullable(),
  reason: z.string(),
  startedAt: z.iso.datetime(),
  /** Null: it goes on. */
  endedAt: z.iso.datetime().nullable(),
})
export type FailoverDto = z.infer<typeof FailoverDto>

export const ListFailoversQuery = PageQuery.extend({
  modelId: z.uuid().optional(),
  state: z.enum(['active', 'ended']).optional(),
})
