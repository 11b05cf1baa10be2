import type { ConfigDocumentInput, Dialect, PROVIDER_KINDS } from '#core/contracts/config-documents.ts'
import { newId } from '#core/ids.ts'
import { seal } from '#core/secrets.ts'
import { publishConfigNow } from '#lib/platform/config-publish.ts'
import { databases } from '#lib/platform/database.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import type { TestOrganization } from './organization.ts'

export interface SandboxCatalog {
  providerId: string
  /** Ids by identifier: sandbox-gpt, sandbox-embed, sandbox-claude, … */
  models: Record<string, string>
}

export interface CatalogOptions {
  /** Where the sandbox provider listens. */
  url: string
  kind?: (typeof PROVIDER_KINDS)[number]
  allowPrivateNetwork?: boolean
  /** Goes before every identifier, so that one organization can have several catalogs. */
  prefix?: string
  /** Where the provider says that it processes data. */
  region?: string
}

/** The credential with which the sandbox is called; it must show up nowhere. */
export const SANDBOX_CREDENTIAL = 'sandbox-credential-that-stays-secret'

const MODELS: readonly { name: string; dialects: Dialect[]; aliases: string[] }[] = [
  { name: 'sandbox-gpt', dialects: ['chat', 'responses', 'completions'], aliases: ['default'] },
  { name: 'sandbox-gpt-mini', dialects: ['chat', 'responses'], aliases: [] },
  { name: 'sandbox-reasoner', dialects: ['chat', 'responses'], aliases: [] },
  { name: 'sandbox-embed', dialects: ['embeddings'], aliases: [] },
  { name: 'sandbox-moderation', dialects: ['moderations'], aliases: ['omni-moderation-latest'] },
  { name: 'sandbox-claude', dialects: ['messages'], aliases: ['claude'] },
]

const PRICE = {
  input: 2_500_000_000n,
  cachedInput: 1_250_000_000n,
  cacheWrite5m: null,
  cacheWrite1h: null,
  output: 10_000_000_000n,
  reasoning: null,
}

/**
 * Gives a test organization a catalog of sandbox models and publishes all that a gateway needs to serve its keys:
 * organization, team, provider, models with prices.
 */
export async function publishSandboxCatalog(org: TestOrganization, options: CatalogOptions): Promise<SandboxCatalog> {
  const { kind = 'sandbox', allowPrivateNetwork = false, prefix = '', region = null } = options
  const providerId = newId()
  const credential = seal(secretKey('credential'), `provider:${providerId}`, SANDBOX_CREDENTIAL)
  const provider = {
    name: `${prefix}Sandbox`,
    kind,
    baseUrl: options.url,
    region,
    credential,
    allowPrivateNetwork,
  }
  await publishOrganization(org)
  await databases().system.$transaction(async tx => {
    await tx.provider.create({ data: { id: providerId, organizationId: org.id, ...provider } })
    await publishConfigNow(tx, org.admin, 'provider', providerId, { ...provider, enabled: true })
  })
  const models: Record<string, string> = {}
  for (const { name, dialects, aliases } of MODELS) {
    const names = { identifier: prefix + name, aliases: aliases.map(alias => prefix + alias) }
    models[name] = await publishModel(org, providerId, { ...names, upstreamModel: name, dialects })
  }
  return { providerId, models }
}

/** Publishes a test organization and its team: without them a gateway takes none of its keys. */
export async function publishOrganization(org: TestOrganization): Promise<void> {
  await databases().system.$transaction(async tx => {
    const organization = await tx.organization.findUniqueOrThrow({ where: { id: org.id } })
    const team = await tx.team.findUniqueOrThrow({ where: { id: org.teamId } })
    const active = { active: true }
    await publishConfigNow(tx, org.admin, 'organization', org.id, {
      name: organization.name,
      slug: organization.slug,
      ...active,
    })
    await publishConfigNow(tx, org.admin, 'team', org.teamId, { name: team.name, slug: team.slug, ...active })
  })
}

/** Publishes a model again with some facts changed, for gateways only, and gives the version that this made. */
export async function changeModel(
  org: TestOrganization,
  id: string,
  change: Partial<ConfigDocumentInput<'model'>>,
): Promise<bigint> {
  const { system } = databases()
  const row = await system.gatewayConfig.findFirstOrThrow({ where: { id } })
  const document = { ...(row.doc as ConfigDocumentInput<'model'>), ...change }
  return system.$transaction(tx => publishConfigNow(tx, org.admin, 'model', id, document))
}

async function publishModel(
  org: TestOrganization,
  providerId: string,
  names: { identifier: string; aliases: string[]; upstreamModel: string; dialects: Dialect[] },
): Promise<string> {
  const id = newId()
  const priceId = newId()
  const createdAt = new Date()
  const facts = { ...names, displayName: names.identifier, contextWindow: 128_000, maxOutputTokens: 4_096 }
  const reach = { tiers: ['Public', 'Internal'], regions: [] as string[] }
  await databases().system.$transaction(async tx => {
    await tx.model.create({ data: { id, organizationId: org.id, providerId, ...facts, ...reach, createdAt } })
    const price = { id: priceId, organizationId: org.id, modelId: id, validFrom: new Date(0), ...PRICE }
    await tx.modelPrice.create({ data: { ...price, source: 'test', sourceDate: new Date(0) } })
    await publishConfigNow(tx, org.admin, 'model', id, {
      ...facts,
      ...reach,
      providerId,
      lifecycle: 'approved',
      sunsetAt: null,
      createdAt: createdAt.toISOString(),
      prices: [
        {
          id: priceId,
          validFrom: new Date(0).toISOString(),
          input: PRICE.input.toString(),
          cachedInput: PRICE.cachedInput.toString(),
          cacheWrite5m: null,
          cacheWrite1h: null,
          output: PRICE.output.toString(),
          reasoning: null,
        },
      ],
    })
  })
  return id
}
