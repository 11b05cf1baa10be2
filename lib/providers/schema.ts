import { z } from 'zod'
import { PROVIDER_KINDS } from '#core/contracts/config-documents.ts'
import { PROBE_OUTCOMES } from '#core/contracts/provider-probe.ts'
import { CREDENTIAL_TYPE_NAMES } from '#core/credential-types.ts'
import { ProviderCredential } from '#core/provider-credential.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

const Name = z.string().trim().min(1, 'a name').max(80)
const BaseUrl = z.string().trim().min(1).max(500)
const Region = z.string().trim().min(1).max(60).nullable()
/** A text is an API key. */
const Credential = z
  .preprocess(value => (typeof value === 'string' ? { type: 'api_key', apiKey: value } : value), ProviderCredential)
  .meta({ description: 'By its type. A text is taken as an API key.' })

export const CreateProviderInput = z.strictObject({
  name: Name,
  kind: z.enum(PROVIDER_KINDS),
  /** Left out: the vendor's own address, where there is one. */
  baseUrl: BaseUrl.optional(),
  /** Left out: the region that the address names, where the vendor puts it there. */
  region: Region.optional(),
  credential: Credential.nullable().default(null),
  allowPrivateNetwork: z.boolean().default(false),
  enabled: z.boolean().default(true),
})
export type CreateProviderInput = z.infer<typeof CreateProviderInput>

export const UpdateProviderInput = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  /** At another origin the credential is dropped: it was not given to that one. */
  baseUrl: BaseUrl.optional(),
  region: Region.optional(),
  allowPrivateNetwork: z.boolean().optional(),
  enabled: z.boolean().optional(),
})
export type UpdateProviderInput = z.infer<typeof UpdateProviderInput>

export const SetProviderCredentialInput = z.strictObject({
  id: z.uuid(),
  /** Null takes the credential away. */
  credential: Credential.nullable(),
})

export const ProviderIdInput = z.strictObject({ id: z.uuid() })

export const ProviderDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  baseUrl: z.string(),
  region: z.string().nullable(),
  hasCredential: z.boolean(),
  /** The last four characters. */
  credentialHint: z.string().nullable(),
  credentialType: z.enum(CREDENTIAL_TYPE_NAMES).nullable(),
  /** The parts of the credential that are no secret, such as `tenantId`. */
  credentialFacts: z.record(z.string(), z.string()),
  allowPrivateNetwork: z.boolean(),
  enabled: z.boolean(),
  models: z.int(),
  lastTest: z.strictObject({ at: z.iso.datetime(), ok: z.boolean(), detail: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type ProviderDto = z.infer<typeof ProviderDto>

/** What testing a connection found; a failed test is an answer, not an error. */
export const ProviderTestDto = z.strictObject({
  ok: z.boolean(),
  /** `no_gateway`: there was none to make the call. */
  outcome: z.enum([...PROBE_OUTCOMES, 'no_gateway']),
  detail: z.string(),
  latencyMs: z.int(),
  /** Model names the provider lists; empty when it lists none. */
  models: z.array(z.string()),
})
export type ProviderTestDto = z.infer<typeof ProviderTestDto>

export const ListProvidersQuery = PageQuery.extend({
  kind: z.enum(PROVIDER_KINDS).optional(),
  enabled: z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }).optional(),
  search: z.string().max(100).optional(),
})
