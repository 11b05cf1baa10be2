import { z } from 'zod'
import { FOR_EVERYBODY, OnlyFor } from '#core/catalog/only-for.ts'
import { DIALECTS, MODEL_LIFECYCLES } from '#core/contracts/config-documents.ts'
import { Day, Moment } from '#core/moment.ts'
import { UsdAmount } from '#core/money.ts'
import { Substitute } from '#core/routing/route.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

/** What clients put in "model". */
export const ModelName = z
  .string()
  .trim()
  .max(200)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:@/-]*$/, 'letters, digits and . _ : @ / - only, as clients send it')
const Label = z
  .string()
  .trim()
  .max(40)
  .regex(/^[a-z][a-z0-9_]*$/, 'lower-case letters, digits and _ only')
const Word = z.string().trim().min(1).max(60)
const Tokens = z.int().min(1).max(100_000_000).nullable()
const MAX_NANO_USD = 1_000_000_000_000_000n
const ClassUsd = UsdAmount.refine(amount => amount <= MAX_NANO_USD, 'at most 1,000,000 US dollars per million tokens')
  .nullable()
  .default(null)

/** US dollars per million tokens of each class; null: the class has no price of its own. */
export const PriceAmounts = z.strictObject({
  input: ClassUsd,
  cachedInput: ClassUsd,
  cacheWrite5m: ClassUsd,
  cacheWrite1h: ClassUsd,
  output: ClassUsd,
  reasoning: ClassUsd,
})
export type PriceAmounts = z.infer<typeof PriceAmounts>

const PriceTerms = {
  usdPerMillionTokens: PriceAmounts.refine(
    price => price.input !== null || price.output !== null,
    'an input or an output price at least',
  ),
  /** Left out: from now on. */
  validFrom: Moment.optional(),
  source: z.string().trim().min(1).max(200).default('manual'),
  /** The day the price was read at its source; left out: today. */
  sourceDate: Day.optional(),
}
export const PriceTermsInput = z.strictObject(PriceTerms)
export type PriceTermsInput = z.infer<typeof PriceTermsInput>
export const AddModelPriceInput = z.strictObject({ id: z.uuid(), ...PriceTerms })

const Facts = {
  displayName: z.string().trim().min(1).max(120),
  upstreamModel: z.string().trim().min(1).max(200),
  aliases: z.array(ModelName).max(20),
  dialects: z.array(z.enum(DIALECTS)).min(1, 'at least one wire').max(DIALECTS.length),
  capabilities: z.array(Label).max(30),
  modalities: z.array(Label).max(10),
  contextWindow: Tokens,
  maxOutputTokens: Tokens,
  tiers: z.array(Word).max(20),
  regions: z.array(Word).max(50),
  restrictions: z.string().trim().max(2000),
  /** Who may stand in for it, best first. */
  substitutes: z
    .array(Substitute)
    .max(10)
    .refine(all => new Set(all.map(each => each.modelId)).size === all.length, 'each model once'),
  /** Who answers for it here. */
  ownerId: z.uuid().nullable(),
  /** What it was made of: family, snapshot, base model. */
  lineage: z.string().trim().max(500),
  /** Days that the provider keeps what it is sent; 0: nothing is kept. */
  retentionDays: z.int().min(0).max(36_500).nullable(),
  /** Whether the provider has agreed not to train with what it is sent. */
  trainingOptOut: z.boolean().nullable(),
  /** Markdown. */
  modelCard: z.string().max(40_000),
  /** Looked at again by this day. */
  reviewBy: Day.nullable(),
  /** The day on which the provider ends it, and where the provider says so. */
  providerEnd: z
    .strictObject({ on: Day, source: z.string().trim().min(1, 'where the provider says so').max(500) })
    .nullable(),
}

export const CreateModelInput = z.strictObject({
  providerId: z.uuid('the id of a provider'),
  identifier: ModelName,
  ...Facts,
  displayName: Facts.displayName.optional(),
  /** Left out: the identifier. */
  upstreamModel: Facts.upstreamModel.optional(),
  aliases: Facts.aliases.default([]),
  capabilities: Facts.capabilities.default([]),
  modalities: Facts.modalities.default([]),
  contextWindow: Facts.contextWindow.default(null),
  maxOutputTokens: Facts.maxOutputTokens.default(null),
  tiers: Facts.tiers.default([]),
  regions: Facts.regions.default([]),
  restrictions: Facts.restrictions.default(''),
  substitutes: Facts.substitutes.default([]),
  ownerId: Facts.ownerId.default(null),
  lineage: Facts.lineage.default(''),
  retentionDays: Facts.retentionDays.default(null),
  trainingOptOut: Facts.trainingOptOut.default(null),
  modelCard: Facts.modelCard.default(''),
  reviewBy: Facts.reviewBy.default(null),
  providerEnd: Facts.providerEnd.default(null),
  /** Whom it is for; left out: everybody whose key and data allow it. */
  onlyFor: OnlyFor.default(FOR_EVERYBODY),
  lifecycle: z.enum(MODEL_LIFECYCLES).default('approved'),
  price: PriceTermsInput.nullable().default(null),
})
export type CreateModelInput = z.infer<typeof CreateModelInput>

export const UpdateModelInput = z.strictObject({ id: z.uuid(), ...z.strictObject(Facts).partial().shape })

export const ChangeModelLifecycleInput = z.strictObject({
  id: z.uuid(),
  lifecycle: z.enum(MODEL_LIFECYCLES),
  reason: z.string().trim().min(1, 'why, for those who read this later').max(1000),
  /** When a deprecated model stops being served. */
  sunsetAt: Moment.nullable().default(null),
  /** Whom it is for from now on; left out: as before. */
  onlyFor: OnlyFor.optional(),
  /** The classes of data that it may see from now on; left out: as before. */
  tiers: Facts.tiers.optional(),
})
export type ChangeModelLifecycleInput = z.infer<typeof ChangeModelLifecycleInput>

export const ModelLifecycleRequestedDto = z.strictObject({ approvalId: z.uuid(), state: z.string() })
export type ModelLifecycleRequestedDto = z.infer<typeof ModelLifecycleRequestedDto>

export const ImportShippedModelsInput = z.strictObject({
  providerId: z.uuid('the id of a provider'),
  /** Left out: every shipped model of the provider. */
  identifiers: z.array(ModelName).min(1).max(200).optional(),
  lifecycle: z.enum(MODEL_LIFECYCLES).default('approved'),
})

export const PriceAmountsDto = z.strictObject({
  input: z.string().nullable(),
  cachedInput: z.string().nullable(),
  cacheWrite5m: z.string().nullable(),
  cacheWrite1h: z.string().nullable(),
  output: z.string().nullable(),
  reasoning: z.string().nullable(),
})
export type PriceAmountsDto = z.infer<typeof PriceAmountsDto>

export const ModelPriceDto = z.strictObject({
  id: z.uuid(),
  validFrom: z.iso.datetime(),
  usdPerMillionTokens: PriceAmountsDto,
  source: z.string(),
  sourceDate: z.iso.date(),
})
export type ModelPriceDto = z.infer<typeof ModelPriceDto>

export const ModelDto = z.strictObject({
  id: z.uuid(),
  identifier: z.string(),
  displayName: z.string(),
  providerId: z.uuid(),
  providerName: z.string(),
  upstreamModel: z.string(),
  aliases: z.array(z.string()),
  dialects: z.array(z.string()),
  capabilities: z.array(z.string()),
  modalities: z.array(z.string()),
  contextWindow: z.int().nullable(),
  maxOutputTokens: z.int().nullable(),
  tiers: z.array(z.string()),
  regions: z.array(z.string()),
  restrictions: z.string(),
  /** Whom it is for: of each list that names anybody, a request has to be one. */
  onlyFor: OnlyFor,
  /** The version in service of a model that the organization made itself; null: a vendor's. */
  own: z.strictObject({ version: z.string(), digest: z.string(), signedOff: z.boolean() }).nullable(),
  ownerId: z.uuid().nullable(),
  lineage: z.string(),
  retentionDays: z.int().nullable(),
  trainingOptOut: z.boolean().nullable(),
  reviewBy: z.iso.date().nullable(),
  providerEnd: z.strictObject({ on: z.iso.date(), source: z.string() }).nullable(),
  /** Who may stand in for it when it cannot serve, or when a budget asks for the cheaper one; best first. */
  substitutes: z.array(Substitute),
  lifecycle: z.enum(MODEL_LIFECYCLES),
  sunsetAt: z.iso.datetime().nullable(),
  source: z.string(),
  /** In force now; null: unpriced. */
  price: ModelPriceDto.nullable(),
  completeness: z.strictObject({ known: z.int(), of: z.int(), missing: z.array(z.string()) }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type ModelDto = z.infer<typeof ModelDto>

/** One model with its card and every price it had, has and will have, newest first. */
export const ModelDetailDto = ModelDto.extend({
  /** Markdown. */
  modelCard: z.string(),
  ownerName: z.string().nullable(),
  /** Counted by every change. */
  version: z.int(),
  prices: z.array(ModelPriceDto),
})
export type ModelDetailDto = z.infer<typeof ModelDetailDto>

export const ImportedModelsDto = z.strictObject({
  created: z.array(z.strictObject({ id: z.uuid(), identifier: z.string() })),
  skipped: z.array(z.strictObject({ identifier: z.string(), reason: z.string() })),
})
export type ImportedModelsDto = z.infer<typeof ImportedModelsDto>

export const ListModelsQuery = PageQuery.extend({
  providerId: z.uuid().optional(),
  lifecycle: z.enum(MODEL_LIFECYCLES).optional(),
  dialect: z.enum(DIALECTS).optional(),
  capability: Label.optional(),
  search: z.string().max(100).optional(),
})
