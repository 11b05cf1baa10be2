import { basePath, bearer, OPENAI_FORWARDS } from '../base-path.ts'
import type { Vendor } from '../vendor.ts'

/** Any endpoint that speaks the OpenAI wire; the base URL's path is taken as it is, `/v1` when it has none. */
export const openaiCompatible: Vendor = {
  path: (base, operation) => (operation.family === 'openai' ? basePath(base, '/v1') + operation.path : null),
  credentialHeaders: bearer,
  forwards: OPENAI_FORWARDS,
}
