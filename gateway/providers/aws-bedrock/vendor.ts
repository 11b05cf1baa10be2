import { isConverseAddress } from '#core/provider-address.ts'
import { basePath, bearer } from '../base-path.ts'
import { withoutForeignThoughts } from '../foreign-thoughts.ts'
import type { Endpoint, Vendor, VendorCall, Wire } from '../vendor.ts'
import { bedrockChatError } from './bedrock-error.ts'
import { CONVERSE } from './converse.ts'
import { embeddingWire } from './embed.ts'
import { COUNT_TOKENS, INVOKE_CLAUDE } from './invoke-claude.ts'

const OPENAI_PATH = /\/openai\/v1$/
const OPENAI: Wire = { error: bedrockChatError }
const RESPONSES: Wire = { ...OPENAI, amended: withoutForeignThoughts }

/**
 * AWS Bedrock, with signed requests or a Bedrock API key. At the address of a region's runtime, Claude models are
 * called by messages through InvokeModel, Titan and Cohere by embeddings through the same, and everything else by chat
 * through Converse. Where the base URL ends in
 * `/openai/v1`, or its host is `bedrock-mantle`, chat and responses go to the vendor's OpenAI-compatible endpoint.
 */
export const awsBedrock: Vendor = {
  endpoint(call) {
    const { operation } = call
    if (operation.family === 'anthropic') return claudeEndpoint(call)
    if (operation.name === 'embeddings') return embeddingEndpoint(call)
    if (operation.name !== 'chat' && operation.name !== 'responses') return null
    const converse = isConverseAddress(call.base.href)
    const path = basePath(call.base, converse ? '' : '/v1')
    if (!converse) return { path: path + operation.path, wire: operation.name === 'chat' ? OPENAI : RESPONSES }
    if (operation.name !== 'chat') return null
    const root = modelPath(path, call.model)
    return { path: `${root}/converse`, streamPath: `${root}/converse-stream`, wire: CONVERSE }
  },
  keyHeaders: bearer,
  // Into the body as well, where the runtime reads it.
  forwards: ['anthropic-beta'],
}

function claudeEndpoint({ base, operation, model }: VendorCall): Endpoint | null {
  if (base.hostname.startsWith('bedrock-mantle.')) return null
  const root = modelPath(basePath(base, '').replace(OPENAI_PATH, ''), model)
  if (operation.name === 'count_tokens') return { path: `${root}/count-tokens`, wire: COUNT_TOKENS }
  return { path: `${root}/invoke`, streamPath: `${root}/invoke-with-response-stream`, wire: INVOKE_CLAUDE }
}

function embeddingEndpoint({ base, model }: VendorCall): Endpoint | null {
  const wire = embeddingWire(model)
  if (!wire || base.hostname.startsWith('bedrock-mantle.')) return null
  return { path: `${modelPath(basePath(base, '').replace(OPENAI_PATH, ''), model)}/invoke`, wire }
}

/** A model's id, or the ARN of an inference profile, is one segment of the path. */
function modelPath(root: string, model: string): string {
  return `${root}/model/${encodeURIComponent(model)}`
}
