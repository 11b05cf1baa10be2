import { z } from 'zod'
import { CachePolicyDocument } from '#core/cache/cache-policy.ts'
import { FOR_EVERYBODY, OnlyFor } from '#core/catalog/only-for.ts'
import { ExemptionDocument } from '#core/exemptions/exemption.ts'
import { APPLIES_TO, GUARDRAIL_ACTIONS } from '#core/guardrails/decide.ts'
import { PatternForm } from '#core/guardrails/pattern-form.ts'
import { NanoUsd } from '#core/money.ts'
import { AcknowledgementDocument, PolicyDocument } from '#core/policies/gateway-documents.ts'
import { RouteDocument, Substitute } from '#core/routing/route.ts'
import { UNREGISTERED, WorkloadDocument } from '#core/workloads/workload.ts'
import { BudgetDocument, RateLimitDocument } from './limit-documents.ts'

/** What the portal publishes and every gateway runs: one document per governed record. */
export const CONFIG_KINDS = [
  'organization',
  'team',
  'provider',
  'model',
  'key',
  'budget',
  'rate_limit',
  'tier',
  'data_source',
  'guardrail',
  'detector',
  'content_key',
  'route',
  'cache_policy',
  'exemption',
  'policy',
  'acknowledgement',
  'workload',
] as const
export type ConfigKind = (typeof CONFIG_KINDS)[number]

const Id = z.uuid()
const Moment = z.iso.datetime()

export const OrganizationDocument = z.strictObject({
  name: z.string(),
  slug: z.string(),
  active: z.boolean(),
  /** What becomes of calls that name a workload which nobody has registered. */
  unregisteredWorkloads: z.enum(UNREGISTERED).default('accept'),
})
export type OrganizationDocument = z.infer<typeof OrganizationDocument>

export const TeamDocument = z.strictObject({
  name: z.string(),
  slug: z.string(),
  active: z.boolean(),
  /** Who leads it: they answer for its keys that belong to no person. */
  leadIds: z.array(Id).default([]),
})
export type TeamDocument = z.infer<typeof TeamDocument>

export const PROVIDER_KINDS = [
  'openai',
  'anthropic',
  'azure_openai',
  'google',
  'aws_bedrock',
  'openai_compatible',
  'sandbox',
] as const

export const ProviderDocument = z.strictObject({
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  baseUrl: z.url(),
  region: z.string().nullable(),
  /** Sealed with the `credential` key and context `provider:<id>`; null: the endpoint asks for none. */
  credential: z.string().nullable(),
  allowPrivateNetwork: z.boolean(),
  enabled: z.boolean(),
})
export type ProviderDocument = z.infer<typeof ProviderDocument>

/** Wires a model can be reached on. */
export const DIALECTS = ['chat', 'messages', 'embeddings', 'responses', 'completions', 'moderations'] as const
export type Dialect = (typeof DIALECTS)[number]

export const MODEL_LIFECYCLES = ['proposed', 'under_review', 'approved', 'restricted', 'deprecated', 'blocked'] as const

const ClassPrice = NanoUsd.nullable()

/** Nano-US-dollars per million tokens of each class. */
export const PriceDocument = z.strictObject({
  id: Id,
  validFrom: Moment,
  input: ClassPrice,
  cachedInput: ClassPrice,
  cacheWrite5m: ClassPrice,
  cacheWrite1h: ClassPrice,
  output: ClassPrice,
  reasoning: ClassPrice,
})
export type PriceDocument = z.infer<typeof PriceDocument>

export const ModelDocument = z.strictObject({
  identifier: z.string(),
  displayName: z.string(),
  aliases: z.array(z.string()),
  providerId: Id,
  upstreamModel: z.string(),
  dialects: z.array(z.enum(DIALECTS)),
  lifecycle: z.enum(MODEL_LIFECYCLES),
  sunsetAt: Moment.nullable(),
  contextWindow: z.int().nullable(),
  maxOutputTokens: z.int().nullable(),
  tiers: z.array(z.string()),
  regions: z.array(z.string()),
  createdAt: Moment,
  prices: z.array(PriceDocument),
  /** Who may stand in for it, best first. */
  substitutes: z.array(Substitute).default([]),
  /** Whom it is for. */
  onlyFor: OnlyFor.default(FOR_EVERYBODY),
  /** The version that is in service of a model which the organization made itself; null: a vendor's. */
  own: z.strictObject({ version: z.string(), digest: z.string(), signedOff: z.boolean() }).nullable().default(null),
})
export type ModelDocument = z.infer<typeof ModelDocument>

export const KeyDocument = z.strictObject({
  kind: z.enum(['live', 'playground']),
  name: z.string(),
  publicId: z.string(),
  /** Base64url of the keyed hash of the secret. */
  secretHash: z.string(),
  teamId: Id,
  personId: Id.nullable(),
  environment: z.enum(['development', 'staging', 'production']),
  /** Empty: every model of the catalog. */
  modelIds: z.array(Id),
  requestsPerMinute: z.int().positive().nullable(),
  dailyLimitNanoUsd: NanoUsd.nullable(),
  /** CIDR blocks or addresses; empty: any. */
  ipAllowList: z.array(z.string()),
  /** The least tier of every request with this key; null: the lowest. */
  tier: z.string().nullable().default(null),
  /** Data that it is used with. */
  dataSourceIds: z.array(Id).default([]),
  /** The workload that all of its calls belong to; null: what its caller says. */
  workloadId: Id.nullable().default(null),
  expiresAt: Moment,
  revokedAt: Moment.nullable(),
})
export type KeyDocument = z.infer<typeof KeyDocument>

/** What of a request's content may be kept: all, all with every read audited, or none of it. */
export const CONTENT_LOGGING = ['full', 'restricted', 'metadata'] as const

/** How sensitive data is; keys, models and callers name a tier by its name, which never changes. */
export const TierDocument = z.strictObject({
  name: z.string(),
  /** Higher is more sensitive. */
  rank: z.int(),
  contentLogging: z.enum(CONTENT_LOGGING),
  cacheable: z.boolean(),
  /** Where it may be processed; empty: anywhere. */
  regions: z.array(z.string()),
  /** Who may see it; empty: every provider. */
  providerIds: z.array(Id),
})
export type TierDocument = z.infer<typeof TierDocument>

/** The key that an organization's content is kept under; without one, none is kept. */
export const ContentKeyDocument = z.strictObject({
  /** The data key, wrapped with the `content` key and context `content-key:<id>`. */
  wrappedKey: z.string(),
})
export type ContentKeyDocument = z.infer<typeof ContentKeyDocument>

/** Where data comes from: requests with it take at least its tier, and stay in its regions. */
export const DataSourceDocument = z.strictObject({
  /** What callers send in x-gatehouse-data-source. */
  slug: z.string(),
  name: z.string(),
  /** A tier's name. */
  tier: z.string(),
  /** Empty: wherever its tier may be processed. */
  regions: z.array(z.string()),
  /** Workloads that use it. */
  workloads: z.array(z.string()),
})
export type DataSourceDocument = z.infer<typeof DataSourceDocument>

/** What is done with what one detector finds. */
export const GuardrailDocument = z.strictObject({
  /** A detector's id, or `pattern:<slug>` for one of the organization's own. */
  detector: z.string(),
  enabled: z.boolean(),
  /** Counted, but nothing is done. */
  shadow: z.boolean(),
  /** By tier's name; a tier that is not named is logged. */
  actions: z.record(z.string(), z.enum(GUARDRAIL_ACTIONS)),
  /** Where it acts; what it finds elsewhere it counts only. */
  appliesTo: z.enum(APPLIES_TO).default('request'),
  /** Where `raise` raises a request's tier to; null: the highest. */
  raiseTo: z.string().nullable(),
})
export type GuardrailDocument = z.infer<typeof GuardrailDocument>

/** A pattern of the organization's own. */
export const DetectorDocument = z.strictObject({ slug: z.string(), name: z.string(), pattern: PatternForm })
export type DetectorDocument = z.infer<typeof DetectorDocument>

export const CONFIG_DOCUMENTS = {
  organization: OrganizationDocument,
  team: TeamDocument,
  provider: ProviderDocument,
  model: ModelDocument,
  key: KeyDocument,
  budget: BudgetDocument,
  rate_limit: RateLimitDocument,
  tier: TierDocument,
  data_source: DataSourceDocument,
  guardrail: GuardrailDocument,
  detector: DetectorDocument,
  content_key: ContentKeyDocument,
  route: RouteDocument,
  cache_policy: CachePolicyDocument,
  exemption: ExemptionDocument,
  policy: PolicyDocument,
  acknowledgement: AcknowledgementDocument,
  workload: WorkloadDocument,
} as const satisfies Record<ConfigKind, z.ZodType>

/** A document as the portal writes it, before JSON: bigints are texts. */
export type ConfigDocumentInput<K extends ConfigKind> = z.input<(typeof CONFIG_DOCUMENTS)[K]>
