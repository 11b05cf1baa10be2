import { request } from 'undici'
import { DomainError } from '#lib/platform/errors.ts'
import { type Endpoint, ForbiddenAddress, guardedAgent } from './endpoint-guard.ts'
import { probeRequest } from './probe-request.ts'
import type { ProviderTestDto } from './schema.ts'

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 4_194_304
const MAX_MODELS = 500

export type ProbeTarget = Endpoint & { credential: string | null }

/**
 * Calls a provider once, by its model list, or where there is none by a call that is refused before it costs
 * anything. Follows no redirect. Of the answer nothing is passed on but the status and model names, so that a
 * test is no window into a network. Never throws for what the provider does.
 */
export async function probeProvider(target: ProbeTarget): Promise<ProviderTestDto> {
  const started = performance.now()
  const outcome = await call(target).catch(error => ({ ok: false, detail: reasonOf(error), models: [] }))
  return { ...outcome, latencyMs: Math.round(performance.now() - started) }
}

async function call(target: ProbeTarget): Promise<Omit<ProviderTestDto, 'latencyMs'>> {
  const agent = guardedAgent(target, TIMEOUT_MS)
  const { url, ...probe } = probeRequest(target)
  try {
    const response = await request(url, { ...probe, dispatcher: agent, signal: AbortSignal.timeout(TIMEOUT_MS) })
    const text = await readText(response.body)
    return judge(response.statusCode, text, probe.method === 'GET')
  } finally {
    await agent.destroy()
  }
}

function judge(status: number, text: string, listed: boolean): Omit<ProviderTestDto, 'latencyMs'> {
  const failed = (detail: string) => ({ ok: false, detail, models: [] })
  if (status === 401 || status === 403) return failed(`The provider refused the credential (HTTP ${status}).`)
  if (status >= 300 && status < 400) return failed(`The provider redirects (HTTP ${status}); give its final address.`)
  if (!listed && status === 400) return { ok: true, detail: 'The provider accepted the credential.', models: [] }
  if (status !== 200) return failed(`The provider answered HTTP ${status}. Check the address.`)
  const models = modelNames(text)
  if (models === null) return failed('The answer is no model list. Check the address.')
  return { ok: true, detail: `The provider lists ${models.length} model${models.length === 1 ? '' : 's'}.`, models }
}

function modelNames(text: string): string[] | null {
  try {
    const { data } = JSON.parse(text) as { data?: unknown }
    if (!Array.isArray(data)) return null
    const names = data.map(item => (item as { id?: unknown } | null)?.id)
    return names.filter((name): name is string => typeof name === 'string' && name.length <= 200).slice(0, MAX_MODELS)
  } catch {
    return null
  }
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MAX_ANSWER_BYTES) throw new Error('answer too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const REASONS: Record<string, string> = {
  ENOTFOUND: 'The name of the host is unknown.',
  EAI_AGAIN: 'The name of the host cannot be resolved at the moment.',
  ECONNREFUSED: 'Nothing listens at this address.',
  ECONNRESET: 'The connection was cut.',
  UND_ERR_CONNECT_TIMEOUT: 'No connection within 10 seconds.',
  UND_ERR_HEADERS_TIMEOUT: 'No answer within 10 seconds.',
}

function reasonOf(error: unknown): string {
  if (error instanceof DomainError || error instanceof ForbiddenAddress) return error.message
  if (error instanceof Error && error.name === 'TimeoutError') return 'No answer within 10 seconds.'
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string') return REASONS[code] ?? `The connection failed (${code}).`
  return 'The connection failed.'
}
