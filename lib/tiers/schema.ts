import { z } from 'zod'
import { CONTENT_LOGGING } from '#core/contracts/config-documents.ts'

const Name = z
  .string()
  .trim()
  .max(40)
  .regex(/^[A-Za-z][A-Za-z0-9 _-]*$/, 'letters, digits, spaces and - _ only, since callers send it in a header')

const Reason = z.string().trim().max(500).default('')

const facts = {
  description: z.string().trim().max(300),
  /** Higher is more sensitive; no two tiers have the same. */
  rank: z.int().min(0).max(1000),
  contentLogging: z.enum(CONTENT_LOGGING),
  /** How long content is kept, where any is. */
  contentRetentionDays: z.int().min(1, 'at least one day').max(400, 'at most 400 days'),
  cacheable: z.boolean(),
  /** Where it may be processed; empty: anywhere. */
  regions: z.array(z.string().trim().min(1).max(60)).max(50),
  /** Who may see it; empty: every provider. */
  providerIds: z.array(z.uuid()).max(100),
}

export const CreateTierInput = z.strictObject({
  ...facts,
  name: Name,
  description: facts.description.default(''),
  contentLogging: facts.contentLogging.default('metadata'),
  contentRetentionDays: facts.contentRetentionDays.default(30),
  cacheable: facts.cacheable.default(false),
  regions: facts.regions.default([]),
  providerIds: facts.providerIds.default([]),
  reason: Reason,
})

/** The name stays: keys, models and callers name the tier by it. */
export const UpdateTierInput = z
  .strictObject({ ...facts })
  .partial()
  .extend({ id: z.uuid(), reason: Reason })

export const TierDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  ...facts,
  /** Models of the catalog that are approved for it. */
  models: z.int(),
  version: z.int(),
  updatedAt: z.iso.datetime(),
})
export type TierDto = z.infer<typeof TierDto>

/** What may go where, as the gateways have it. */
export const TierMatrixDto = z.strictObject({
  tiers: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      /** What it makes gateways do, a sentence each. */
      effects: z.array(z.string()),
    }),
  ),
  models: z.array(
    z.strictObject({
      id: z.uuid(),
      identifier: z.string(),
      provider: z.string(),
      /** One entry a tier, in the order of `tiers`; null: its data may go there. */
      reach: z.array(z.strictObject({ tier: z.string(), whyNot: z.string().nullable() })),
    }),
  ),
})
export type TierMatrixDto = z.infer<typeof TierMatrixDto>
