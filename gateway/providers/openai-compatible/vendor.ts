import { bearer, OPENAI_FORWARDS, openaiEndpoint } from '../base-path.ts'
import type { Vendor } from '../vendor.ts'

/** Any endpoint that speaks the OpenAI wire; the base URL's path is taken as it is, `/v1` when it has none. */
export const openaiCompatible: Vendor = {
  endpoint: openaiEndpoint,
  keyHeaders: credential => (credential.header ? [credential.header, credential.apiKey] : bearer(credential)),
  forwards: OPENAI_FORWARDS,
}
