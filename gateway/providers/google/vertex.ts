import { fieldsIn, numberIn, objectsIn } from '#core/translation/answer-fields.ts'
import { anthropicCloudBody } from '../anthropic-cloud-body.ts'
import { dropOthers, embeddingsAnswer, embeddingTexts } from '../embeddings.ts'
import type { Endpoint, VendorCall, Wire } from '../vendor.ts'
import { googleError, googleMessagesError } from './google-error.ts'
import { withSignatures } from './thought-signatures.ts'

const ANTHROPIC_VERSION = 'vertex-2023-10-16'

/**
 * Vertex AI (reference: "Call Vertex AI models by using the OpenAI library" and "Claude on Vertex AI"): Gemini and
 * other models by chat through the project's OpenAI-compatible endpoint, Claude by messages through `rawPredict`,
 * Google's embedding models through `predict`.
 */
export function vertexEndpoint({ base, operation, model }: VendorCall): Endpoint | null {
  const root = base.pathname.replace(/\/+$/, '').replace(/\/endpoints\/openapi$/, '')
  if (operation.name === 'chat') return { path: `${root}/endpoints/openapi/chat/completions`, wire: CHAT }
  if (operation.name === 'embeddings') {
    return {
      path: `${root}/publishers/google/models/${encodeURIComponent(model.replace(/^google\//, ''))}:predict`,
      wire: EMBEDDINGS,
    }
  }
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
  body: (fields, { model }) => ({
    ...(withSignatures(fields, model) ?? fields),
    model: model.includes('/') ? model : `google/${model}`,
  }),
  error: googleError,
}

const CLAUDE: Wire = {
  body: fields => anthropicCloudBody(fields, ANTHROPIC_VERSION),
  error: googleMessagesError,
}

/**
 * Text embeddings (reference: "Text embeddings API"). How many texts a call may have, the model says. A caller's
 * `task_type` and `title` go on with each text.
 */
const EMBEDDINGS: Wire = {
  body(fields, { dropped }) {
    const { dimensions, task_type, title } = fields
    dropOthers(fields, ['dimensions', 'task_type', 'title'], dropped)
    const about = { ...(task_type === undefined ? {} : { task_type }), ...(title === undefined ? {} : { title }) }
    return {
      instances: embeddingTexts(fields).map(content => ({ content, ...about })),
      ...(dimensions === undefined ? {} : { parameters: { outputDimensionality: dimensions } }),
    }
  },
  answer(body, model, context) {
    const found = objectsIn(fieldsIn(body).predictions).map(({ embeddings }) => fieldsIn(embeddings))
    const counts = found.map(({ statistics }) => numberIn(fieldsIn(statistics ?? {}).token_count))
    const vectors = found.map(({ values }) => values)
    const tokens = counts.every(count => count > 0) ? counts.reduce((sum, count) => sum + count, 0) : null
    return embeddingsAnswer(vectors, tokens, model, context)
  },
  error: googleError,
}

/** Counting names its model in the body: its path is one for all. */
function countedBody(fields: Record<string, unknown>, { model }: { model: string }): Record<string, unknown> {
  return { ...anthropicCloudBody(fields, ANTHROPIC_VERSION), model }
}
