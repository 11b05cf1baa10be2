import type { IncomingHttpHeaders } from 'node:http'
import type { ProbeResult } from '#core/contracts/provider-probe.ts'
import type { ProviderEntry } from '#gateway/config/entries.ts'
import { OPERATIONS } from '#gateway/operations.ts'
import { ForbiddenAddressError } from './address-guard.ts'
import { type Authorizer, CredentialError } from './authorization/authorizer.ts'
import { errorTypeOf } from './aws-bedrock/bedrock-error.ts'
import { type ProbeCall, type ProbedModel, probeCalls } from './probe-calls.ts'
import { FIXED_HEADERS, type Targets } from './targets.ts'
import { VENDORS } from './vendors.ts'

type Finding = Omit<ProbeResult, 'latencyMs'>

const TIMEOUT_MS = 10_000
const MOST_BYTES = 4_194_304
const MOST_LISTED = 500
const ANTHROPIC_VERSION = '2023-06-01'

interface ProbeAnswer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/**
 * Calls a provider as a request would, with calls that cost nothing, and says what came of it. Follows no redirect.
 * Of an answer nothing is passed on but its status and names of models, so that a test is no window into a network.
 * Never rejects for what the provider does.
 */
export async function probeProvider(
  targets: Targets,
  provider: ProviderEntry,
  models: readonly ProbedModel[],
): Promise<ProbeResult> {
  const began = performance.now()
  const finding = await probe(targets, provider, models).catch((error: unknown) => failureOf(error))
  return { ...finding, latencyMs: Math.round(performance.now() - began) }
}

async function probe(targets: Targets, provider: ProviderEntry, models: readonly ProbedModel[]): Promise<Finding> {
  const missing: string[] = []
  let listed: string[] | null = null
  for (const call of probeCalls(provider, models)) {
    const answer = await send(targets, provider, call)
    const wrong = problemOf(call, answer)
    if (wrong) return wrong
    if (call.model !== null && isMissing(answer)) missing.push(call.model)
    if (call.lists) listed = modelNames(answer.text)
    if (call.lists && listed === null) return found('failed', 'The answer is no list of models. Check the address.')
  }
  if (listed && provider.document.kind !== 'azure_openai') {
    const names = new Set(listed.map(bareName))
    missing.push(...models.map(one => one.upstreamModel).filter(name => !names.has(bareName(name))))
  }
  return summary(listed, missing)
}

function summary(listed: string[] | null, missing: string[]): Finding {
  const said =
    listed === null
      ? 'The provider accepted the credential.'
      : `The provider lists ${listed.length} ${listed.length === 1 ? 'model' : 'models'}.`
  if (missing.length === 0) return found('ok', said, listed ?? [])
  const names = missing.slice(0, 5).join(', ')
  const words = `${said} It does not have ${names}, which the catalog has on it: check the upstream name.`
  return found('model_missing', words, listed ?? [])
}

/** Gemini's list says `models/gemini-…`, where calls say `gemini-…` or `google/gemini-…`. */
function bareName(name: string): string {
  return name.replace(/^(models|google)\//, '')
}

async function send(targets: Targets, provider: ProviderEntry, call: ProbeCall): Promise<ProbeAnswer> {
  const { pool, authorizer } = targets.connection(provider)
  const { method, path } = call
  const body = Buffer.from(call.body)
  const headers = [...FIXED_HEADERS, ...keyHeaders(provider)]
  const once = async () => {
    const proof = await proofOf(authorizer, { method, host: provider.base.host, path, body })
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const sent = method === 'POST' ? body : null
    const answer = await pool.request({ method, path, headers: [...headers, ...proof], body: sent, signal })
    return { status: answer.statusCode, headers: answer.headers, text: await readText(answer.body) }
  }
  const answer = await once()
  if (!authorizer?.isStale(answer.status, errorTypeOf(answer.headers))) return answer
  await authorizer.renew()
  return once()
}

async function proofOf(authorizer: Authorizer | null, request: Parameters<Authorizer['authorize']>[0]) {
  return authorizer === null ? [] : await authorizer.authorize(request)
}

function keyHeaders({ credential, document }: ProviderEntry): string[] {
  const anthropic = document.kind === 'anthropic'
  const operation = OPERATIONS.find(({ family }) => family === (anthropic ? 'anthropic' : 'openai'))
  const version = anthropic ? ['anthropic-version', ANTHROPIC_VERSION] : []
  if (credential?.type !== 'api_key' || !operation) return version
  return [...version, ...VENDORS[document.kind].keyHeaders(credential, operation)]
}

/** The Gemini API answers a wrong key with 400. */
const GEMINI_REFUSES = /API key not valid|API_KEY_INVALID/

/** What is wrong with the provider as a whole; null: nothing, or only that it lacks a model. */
function problemOf(call: ProbeCall, { status, headers, text }: ProbeAnswer): Finding | null {
  const type = errorTypeOf(headers)
  // Bedrock knows who calls, and lets nobody call this model: with one that nobody has, that is no news.
  if (status === 403 && type.startsWith('AccessDenied')) {
    const words = `The provider knows the credential, but lets it call ${call.model ?? 'no model'} not (HTTP 403).`
    return call.model === null ? null : found('credential', words)
  }
  if (status === 401 || status === 403 || (status === 400 && GEMINI_REFUSES.test(text)))
    return found('credential', `The provider refused the credential (HTTP ${status}).`)
  if (status >= 300 && status < 400) {
    return found('failed', `The provider redirects (HTTP ${status}); give its final address.`)
  }
  if (call.lists && status === 200) return null
  if (!call.lists && (status === 200 || status === 400 || status === 422)) return null
  if (!call.lists && status === 404 && (call.model !== null || type !== '' || isJson(headers))) return null
  return found('failed', `The provider answered HTTP ${status}. Check the address.`)
}

/** An API says in JSON that it does not have something; a host that is no API says it in HTML. */
function isJson(headers: IncomingHttpHeaders): boolean {
  return String(headers['content-type'] ?? '').startsWith('application/json')
}

/** Some say 404 of a model that they do not have, Bedrock says 400 of an id that it cannot read. */
function isMissing({ status, text }: ProbeAnswer): boolean {
  return status === 404 || (status === 400 && /model identifier is invalid/i.test(text))
}

function modelNames(text: string): string[] | null {
  try {
    const { data } = JSON.parse(text) as { data?: unknown }
    if (!Array.isArray(data)) return null
    const names = data.map(item => (item as { id?: unknown } | null)?.id)
    return names.filter((name): name is string => typeof name === 'string' && name.length <= 200).slice(0, MOST_LISTED)
  } catch {
    return null
  }
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MOST_BYTES) throw new RangeError('more than a list of models')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The name of the host is unknown.',
  EAI_AGAIN: 'The name of the host cannot be resolved at the moment.',
  ECONNREFUSED: 'Nothing listens at this address.',
  ECONNRESET: 'The connection was cut.',
  UND_ERR_SOCKET: 'The connection was cut.',
  UND_ERR_CONNECT_TIMEOUT: 'No connection within 10 seconds.',
}

function failureOf(error: unknown): Finding {
  if (error instanceof CredentialError) {
    const outcome = error.code === 'CREDENTIAL_REFUSED' ? 'credential' : 'unreachable'
    return found(outcome, `The provider was not called: ${error.message}.`)
  }
  if (error instanceof ForbiddenAddressError) {
    const words = 'This address is in a private network, or reserved. Allow a private network for it if it is meant.'
    return found('unreachable', words)
  }
  if (error instanceof Error && error.name === 'TimeoutError')
    return found('unreachable', 'No answer within 10 seconds.')
  const code = (error as { code?: unknown } | null)?.code
  const reason = typeof code === 'string' ? (REASONS[code] ?? `The connection failed (${code}).`) : null
  return found('unreachable', reason ?? 'The connection failed.')
}

function found(outcome: ProbeResult['outcome'], detail: string, models: string[] = []): Finding {
  return { outcome, detail, models }
}
