import type { OperationName } from '#core/contracts/operation-names.ts'
import { isVertexAddress } from '#core/provider-address.ts'
import type { ProviderEntry } from '#gateway/config/entries.ts'
import { OPERATIONS } from '#gateway/operations.ts'
import { basePath } from './base-path.ts'
import type { Endpoint } from './vendor.ts'
import { VENDORS } from './vendors.ts'

/** One call that costs nothing. */
export interface ProbeCall {
  method: 'GET' | 'POST'
  path: string
  body: string
  /** Whether the answer is a list of models. */
  lists: boolean
  /** The model that a 404 says is missing; null: a 404 speaks of the address. */
  model: string | null
}

/** A model of the catalog that is on the provider. */
export interface ProbedModel {
  upstreamModel: string
  dialects: readonly string[]
}

/** A model that nobody has: what Bedrock says of it shows whether it accepted the credential. */
const NO_MODEL = 'gatehouse.connection-test'
const MOST_MODELS = 5

/**
 * The calls that tell whether a provider can be reached with its credential, and has the catalog's models: its list
 * of models where there is one. Elsewhere requests that are empty, and so refused before they cost anything.
 */
export function probeCalls(provider: ProviderEntry, models: readonly ProbedModel[]): ProbeCall[] {
  const { base, document } = provider
  const { kind } = document
  if (kind === 'azure_openai' && !base.pathname.replace(/\/+$/, '').endsWith('/openai/v1')) {
    const list = VENDORS.azure_openai.endpoint({ base, operation: operationOf('responses'), ...anyModel(provider) })
    return [listing((list?.path ?? '').replace('/responses?', '/models?')), ...emptyCalls(provider, models)]
  }
  if (kind === 'aws_bedrock') {
    const calls = emptyCalls(provider, models)
    return calls.length > 0
      ? calls
      : emptyCalls(provider, [{ upstreamModel: NO_MODEL, dialects: ['chat'] }]).map(unnamed)
  }
  if (kind === 'google' && isVertexAddress(base.href)) {
    const connection = emptyCalls(provider, [{ upstreamModel: NO_MODEL, dialects: ['chat'] }]).map(unnamed)
    return [...connection, ...emptyCalls(provider, models)]
  }
  if (kind === 'anthropic') {
    const messages = VENDORS.anthropic.endpoint({ base, operation: operationOf('messages'), ...anyModel(provider) })
    return [listing((messages?.path ?? '').replace(/\/messages$/, '/models'))]
  }
  return [listing(`${basePath(base, kind === 'google' ? '/v1beta/openai' : '/v1')}/models${base.search}`)]
}

function emptyCalls(provider: ProviderEntry, models: readonly ProbedModel[]): ProbeCall[] {
  const { base, credential } = provider
  return models.slice(0, MOST_MODELS).flatMap(({ upstreamModel: model, dialects }) => {
    const operation = OPERATIONS.find(({ dialect }) => dialects.includes(dialect))
    const endpoint = operation && VENDORS[provider.document.kind].endpoint({ base, operation, model, credential })
    return endpoint
      ? [{ method: 'POST', path: endpoint.path, body: emptyBody(provider, endpoint, model), lists: false, model }]
      : []
  })
}

/** Vertex AI looks for the model only in a request of the right form; without a message it is refused all the same. */
function emptyBody(provider: ProviderEntry, { wire }: Endpoint, model: string): string {
  if (provider.document.kind !== 'google' || !wire?.body) return '{}'
  const call = { model, maxOutputTokens: null, headers: null, dropped: new Set<string>() }
  return JSON.stringify(wire.body({ model, messages: [], input: [] }, call))
}

function unnamed(call: ProbeCall): ProbeCall {
  return { ...call, model: null }
}

function listing(path: string): ProbeCall {
  return { method: 'GET', path, body: '', lists: true, model: null }
}

function anyModel({ credential }: ProviderEntry) {
  return { model: NO_MODEL, credential }
}

function operationOf(name: OperationName) {
  const found = OPERATIONS.find(one => one.name === name)
  if (!found) throw new Error(`no operation ${name}`)
  return found
}
