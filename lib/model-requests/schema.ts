import { z } from 'zod'
import { FOR_EVERYBODY, OnlyFor } from '#core/catalog/only-for.ts'
import { DIALECTS } from '#core/contracts/config-documents.ts'
import { UsdAmount } from '#core/money.ts'
import { ModelName } from '#lib/models/schema.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

/** in_review: somebody who manages the catalog has to say where it would run; closed: the answer was no, or it was taken back. */
export const MODEL_REQUEST_STATES = ['in_review', 'awaiting_decision', 'approved', 'closed'] as const
export type ModelRequestState = (typeof MODEL_REQUEST_STATES)[number]

const Text = (most: number) => z.string().trim().max(most)
const Needed = (what: string, most: number) => z.string().trim().min(1, what).max(most)
const Tiers = z.array(z.string().trim().min(1).max(60)).min(1, 'one class of data at least').max(20)
const Dialects = z.array(z.enum(DIALECTS)).min(1, 'at least one wire').max(DIALECTS.length)
const MOST_USD = 1_000_000_000_000_000_000n

export const CreateModelRequestInput = z
  .strictObject({
    identifier: ModelName,
    displayName: Text(120).default(''),
    /** A provider of the organization; null with `providerName` for one that it does not have yet. */
    providerId: z.uuid().nullable().default(null),
    providerName: Text(120).default(''),
    /** What the provider calls it; left out: the identifier. */
    upstreamModel: Text(200).default(''),
    dialects: Dialects.default(['chat']),
    purpose: Needed('what it is for', 4_000),
    alternatives: Needed('what of the catalog was considered, and why it does not do', 4_000),
    teamId: z.uuid().nullable().default(null),
    tiers: Tiers,
    requestsPerMonth: z.int().min(1).max(1_000_000_000).nullable().default(null),
    costUsdPerMonth: UsdAmount.refine(amount => amount <= MOST_USD, 'at most 1,000,000,000 US dollars')
      .nullable()
      .default(null),
    /** Whom it would be for; nobody named: everybody whose key and data allow it. */
    onlyFor: OnlyFor.default(FOR_EVERYBODY),
  })
  .refine(({ providerId, providerName }) => providerId !== null || providerName !== '', {
    path: ['providerName'],
    message: 'a provider of the organization, or the name of another',
  })

export const ReviewModelRequestInput = z.strictObject({
  id: z.uuid(),
  providerId: z.uuid('the id of a provider'),
  upstreamModel: Text(200).optional(),
  dialects: Dialects.optional(),
  tiers: Tiers.optional(),
  onlyFor: OnlyFor.optional(),
  /** What the review found, for those who decide. */
  assessment: Needed('what the review found, for those who decide', 4_000),
})

export const WithdrawModelRequestInput = z.strictObject({ id: z.uuid(), reason: Text(1_000).default('') })

export const ListModelRequestsQuery = PageQuery.extend({
  state: z.enum(MODEL_REQUEST_STATES).optional(),
  search: z.string().max(100).optional(),
})

export const ModelRequestDto = z.strictObject({
  id: z.uuid(),
  identifier: z.string(),
  displayName: z.string(),
  providerId: z.uuid().nullable(),
  providerName: z.string(),
  upstreamModel: z.string(),
  dialects: z.array(z.string()),
  purpose: z.string(),
  alternatives: z.string(),
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  tiers: z.array(z.string()),
  requestsPerMonth: z.int().nullable(),
  /** Decimal US dollars. */
  costUsdPerMonth: z.string().nullable(),
  onlyFor: OnlyFor,
  assessment: z.string(),
  reviewerName: z.string().nullable(),
  state: z.enum(MODEL_REQUEST_STATES),
  /** What was said when it was decided; null: not decided. */
  outcome: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  approvalId: z.uuid().nullable(),
  /** The model, once the catalog has it. */
  modelId: z.uuid().nullable(),
  requesterId: z.uuid().nullable(),
  requesterName: z.string(),
  createdAt: z.iso.datetime(),
})
export type ModelRequestDto = z.infer<typeof ModelRequestDto>

const Similar = z.strictObject({ id: z.uuid(), identifier: z.string(), displayName: z.string() })

export const ModelRequestDetailDto = ModelRequestDto.extend({
  /** Models of the catalog that may do, the most alike first. */
  similar: z.array(Similar.extend({ lifecycle: z.string() })),
  /** Open requests of others for something alike. */
  others: z.array(Similar),
})
export type ModelRequestDetailDto = z.infer<typeof ModelRequestDetailDto>
