import { newId } from '#core/ids.ts'
import { DRILL_HEADER, type DrillInstruction, signDrill } from '#core/routing/drill.ts'
import { gatewayUrl } from '#lib/platform/addresses.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import type { DrillKey } from './drill-key.ts'

/** How one call of a drill went. */
export interface DrillCall {
  /** Milliseconds since 1970 when the answer was whole. */
  at: number
  ok: boolean
  /** What clients call the model that answered; null: none did. */
  answeredBy: string | null
  requestId: string | null
  /** What was wrong, in words; null when nothing was. */
  problem: string | null
}

/** What all calls of one drill have in common. */
export interface DrillCaller {
  drillId: string
  organizationId: string
  model: { id: string; identifier: string; dialects: string[] }
  key: DrillKey
}

/** The outage that a call is to meet: from and until, milliseconds since 1970. Equal ones are none. */
export interface Outage {
  from: number
  until: number
}

const MOST_TOKENS = 16
const VALID_MS = 10 * 60_000

/** Calls the model through the gateway as any client would; only this call meets the outage. Never rejects. */
export async function drillCall(caller: DrillCaller, outage: Outage, timeoutMs: number): Promise<DrillCall> {
  const { path, body } = requestOf(caller.model)
  try {
    const answer = await fetch(gatewayUrl() + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${caller.key.key}`,
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
        'x-gatehouse-use-case': 'failover-drill',
        [DRILL_HEADER]: signDrill(secretKey('failover-drill'), instructionOf(caller, outage)),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await answer.text()
    return {
      at: Date.now(),
      ok: answer.ok,
      answeredBy: answer.ok ? answer.headers.get('x-gatehouse-model') : null,
      requestId: answer.headers.get('x-request-id'),
      problem: answer.ok ? null : `${answer.status}: ${messageIn(text)}`,
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { at: Date.now(), ok: false, answeredBy: null, requestId: null, problem }
  }
}

/** Whether the gateway knows the drill's key by now. */
export async function isKeyKnown({ key }: DrillKey): Promise<boolean> {
  const answer = await fetch(`${gatewayUrl()}/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(2_000),
  }).catch(() => null)
  await answer?.arrayBuffer().catch(() => null)
  return answer?.ok ?? false
}

function instructionOf({ drillId, organizationId, key, model }: DrillCaller, outage: Outage): DrillInstruction {
  const expiresAt = Date.now() + VALID_MS
  return { drillId, organizationId, keyId: key.id, modelId: model.id, fault: 'unreachable', ...outage, expiresAt }
}

/** A small request on a wire that the model speaks; each another one, so that no cache can answer it. */
function requestOf({ identifier: model, dialects }: DrillCaller['model']): { path: string; body: object } {
  const content = `Failover drill ${newId()}: answer with the word ready.`
  const messages = [{ role: 'user', content }]
  if (dialects.includes('chat')) {
    return { path: '/v1/chat/completions', body: { model, messages, max_completion_tokens: MOST_TOKENS } }
  }
  if (dialects.includes('messages')) return { path: '/v1/messages', body: { model, messages, max_tokens: MOST_TOKENS } }
  if (dialects.includes('responses')) {
    return { path: '/v1/responses', body: { model, input: content, max_output_tokens: MOST_TOKENS, store: false } }
  }
  return { path: '/v1/embeddings', body: { model, input: content } }
}

function messageIn(text: string): string {
  try {
    return String(JSON.parse(text).error?.message ?? text).slice(0, 300)
  } catch {
    return text.slice(0, 300)
  }
}
