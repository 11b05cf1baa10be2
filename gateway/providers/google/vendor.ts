import { isVertexAddress } from '#core/provider-address.ts'
import { basePath, OPENAI_FORWARDS } from '../base-path.ts'
import type { Vendor, Wire } from '../vendor.ts'
import { googleError } from './google-error.ts'
import { withSignatures } from './thought-signatures.ts'
import { vertexEndpoint } from './vertex.ts'

const GEMINI: Wire = { error: googleError, amended: withSignatures }

/**
 * Google: the Gemini API with an API key, through its OpenAI-compatible endpoint, which serves chat and embeddings;
 * or Vertex AI with a service account, when the base URL names a project and a location.
 */
export const google: Vendor = {
  endpoint(call) {
    if (isVertexAddress(call.base.href)) return vertexEndpoint(call)
    const { base, operation } = call
    if (operation.name !== 'chat' && operation.name !== 'embeddings') return null
    return { path: basePath(base, '/v1beta/openai') + operation.path, wire: GEMINI }
  },
  keyHeaders: ({ apiKey }) => ['authorization', `Bearer ${apiKey}`],
  forwards: [...OPENAI_FORWARDS, 'anthropic-beta'],
}
