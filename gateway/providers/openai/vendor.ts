import { basePath, bearer, OPENAI_FORWARDS } from '../base-path.ts'
import type { Vendor } from '../vendor.ts'

/** The OpenAI API. */
export const openai: Vendor = {
  path: (base, operation) => (operation.family === 'openai' ? basePath(base, '/v1') + operation.path : null),
  credentialHeaders: bearer,
  forwards: OPENAI_FORWARDS,
}
