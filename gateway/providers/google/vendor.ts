import { basePath, bearer, OPENAI_FORWARDS } from '../base-path.ts'
import type { Vendor } from '../vendor.ts'

/** Google's Gemini API through its OpenAI-compatible endpoint, which serves chat and embeddings. */
export const google: Vendor = {
  path: (base, operation) =>
    operation.name === 'chat' || operation.name === 'embeddings'
      ? basePath(base, '/v1beta/openai') + operation.path
      : null,
  credentialHeaders: bearer,
  forwards: OPENAI_FORWARDS,
}
