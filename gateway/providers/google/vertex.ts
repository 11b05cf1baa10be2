import { anthropicCloudBody } from '../anthropic-cloud-body.ts'
import type { Endpoint, VendorCall, Wire } from '../vendor.ts'
import { googleError, googleMessagesError } from './google-error.ts'

const ANTHROPIC_VERSION = 'vertex-2023-10-16'

/**
 * Vertex AI (reference: "Call Vertex AI models by using the OpenAI library" and "Claude on Vertex AI"): Gemini and
 * other models by chat through the project's OpenAI-compatible endpoint, Claude by messages through `rawPredict`.
 */
export function vertexEndpoint({ base, operation, model }: VendorCall): Endpoint | null {
  const root = base.pathname.replace(/\/+$/, '').replace(/\/endpoints\/openapi$/, '')
  if (operation.name === 'chat') return { path: `${root}/endpoints/openapi/chat/completions`, wire: CHAT }
  if (operation.family !== 'anthropic') return null
  const models = `${root}/publishers/anthropic/models`
  if (operation.name === 'count_tokens') {
    return { path: `${models}/count-tokens:rawPredict`, wire: { ...CLAUDE, body: countedBody } }
  }
  const path = `${models}/${encodeURIComponent(model)}`
  return { path: `${path}:rawPredict`, streamPath: `${path}:streamRawPredict`, wire: CLAUDE }
}

/** A model without a publisher is Google's. */
const CHAT: Wire = {
  body: (fields, { model }) => ({ ...fields, model: model.includes('/') ? model : `google/${model}` }),
  error: googleError,
}

const CLAUDE: Wire = {
  body: fields => anthropicCloudBody(fields, ANTHROPIC_VERSION),
  error: googleMessagesError,
}

/** Counting names its model in the body: its path is one for all. */
function countedBody(fields: Record<string, unknown>, { model }: { model: string }): Record<string, unknown> {
  return { ...anthropicCloudBody(fields, ANTHROPIC_VERSION), model }
}
