import type { ConfigDocumentInput, ConfigKind } from '#core/contracts/config-documents.ts'
import { newId } from '#core/ids.ts'
import type { ExplainRequest, RouteExplanation } from '#core/routing/explanation.ts'
import { deriveKey } from '#core/secrets.ts'
import { publishConfigNow, withdrawConfigNow } from '#lib/platform/config-publish.ts'
import { databases } from '#lib/platform/database.ts'
import { type Sandbox, startSandbox } from '#sandbox/server.ts'
import { changeModel, publishSandboxCatalog, type SandboxCatalog } from './catalog.ts'
import { untilVersion } from './gateway.ts'
import { type GovernedSuite, startGovernedSuite } from './governed-suite.ts'

export type RouteInput = ConfigDocumentInput<'route'>
type ModelInput = ConfigDocumentInput<'model'>

export interface RoutingSuite extends GovernedSuite {
  /** A second provider with the same models, their names prefixed with `b-`. */
  other: { sandbox: Sandbox; catalog: SandboxCatalog }
  /** Publishes a document and waits until the gateway has it. */
  publish<K extends ConfigKind>(kind: K, id: string, document: ConfigDocumentInput<K>): Promise<void>
  /** Publishes a route of the organization, changed as a test needs it, and gives its id. */
  route(change: Partial<RouteInput>, id?: string): Promise<string>
  withdraw(kind: ConfigKind, id: string): Promise<void>
  /** Publishes a model again with some facts changed. */
  changeModel(id: string, change: Partial<ModelInput>): Promise<void>
  /** Posts a chat as the suite's key does. */
  chat(model: string, change?: object, headers?: Record<string, string>): Promise<Response>
  explain(request: Partial<ExplainRequest>): Promise<RouteExplanation>
  /** Adds a standing fault, in the grammar of `sandbox/`. */
  fault(sandbox: Sandbox, fault: string, rule?: object): Promise<void>
  /** Ends all standing faults of both providers. */
  healFaults(): Promise<void>
}

/** A governed suite with two providers, `eu` and `us`, whose circuits a test opens within a few calls. */
export async function startRoutingSuite(env: Record<string, string> = {}): Promise<RoutingSuite> {
  const suite = await startGovernedSuite({
    GATEWAY_CIRCUIT_LEAST_CALLS: '4',
    GATEWAY_CIRCUIT_OPEN_MS: '300',
    GATEWAY_MAX_PAUSE_MS: '60000',
    GATEWAY_UPSTREAM_TIMEOUT_MS: '5000',
    GATEWAY_STALL_TIMEOUT_MS: '1500',
    ...env,
  })
  const sandbox = await startSandbox({ port: 0 })
  const catalog = await publishSandboxCatalog(suite.org, { url: sandbox.url, prefix: 'b-', region: 'us' })
  const reach = (version: bigint) => untilVersion(suite.gateway, version)
  const publish: RoutingSuite['publish'] = async (kind, id, document) => {
    await reach(await databases().system.$transaction(tx => publishConfigNow(tx, suite.org.admin, kind, id, document)))
  }
  const { providerId } = suite.catalog
  const { doc } = await databases().system.gatewayConfig.findFirstOrThrow({ where: { id: providerId } })
  await publish('provider', providerId, { ...(doc as ConfigDocumentInput<'provider'>), region: 'eu' })
  return {
    ...suite,
    other: { sandbox, catalog },
    publish,
    route: async (change, id = newId()) => {
      await publish('route', id, { ...ROUTE, ...change })
      return id
    },
    withdraw: async (kind, id) => {
      await reach(await databases().system.$transaction(tx => withdrawConfigNow(tx, suite.org.admin, kind, id)))
    },
    changeModel: async (id, change) => reach(await changeModel(suite.org, id, change)),
    chat: (model, change = {}, headers = {}) =>
      suite.post('/v1/chat/completions', { model, messages: [{ role: 'user', content: 'hi' }], ...change }, headers),
    explain: async request => {
      const answer = await adminPost(suite.gateway.adminUrl, '/explain', { organizationId: suite.org.id, ...request })
      if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as RouteExplanation
    },
    fault: async (at, fault, rule = {}) => {
      const answer = await fetch(`${at.url}/control/faults`, json({ fault, ...rule }))
      if (!answer.ok) throw new Error(await answer.text())
    },
    healFaults: async () => {
      for (const { url } of [suite.sandbox, sandbox]) await fetch(`${url}/control/faults`, { method: 'DELETE' })
    },
    stop: async () => {
      await suite.stop()
      await sandbox.close()
    },
  }
}

/** Posts to a replica's admin port. */
export function adminPost(url: string, path: string, body: object): Promise<Response> {
  const token = deriveKey(process.env.GATEHOUSE_SECRET_KEY ?? '', 'gateway-admin').toString('hex')
  const { headers, ...rest } = json(body)
  return fetch(url + path, { ...rest, headers: { ...headers, authorization: `Bearer ${token}` } })
}

const ROUTE: RouteInput = {
  name: 'Route',
  version: 1,
  enabled: true,
  scope: 'organization',
  target: null,
  requestedNames: [],
  callableAs: null,
  modelIds: [],
  objective: 'balanced',
  weights: { cost: 0, latency: 0, errors: 0, capability: 0, preference: 1 },
  constraints: { regions: [], providerIds: [], tiers: [], mostInputNanoUsd: null, mostOutputNanoUsd: null },
  failover: true,
  attemptTimeoutMs: null,
}

function json(body: object) {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
