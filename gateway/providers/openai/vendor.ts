import { bearer, OPENAI_FORWARDS, openaiEndpoint } from '../base-path.ts'
import type { Vendor } from '../vendor.ts'

/** The OpenAI API; a key that belongs to several organizations or projects says for which one it is used. */
export const openai: Vendor = {
  endpoint: openaiEndpoint,
  keyHeaders: credential => [
    ...bearer(credential),
    ...(credential.organization ? ['openai-organization', credential.organization] : []),
    ...(credential.project ? ['openai-project', credential.project] : []),
  ],
  forwards: OPENAI_FORWARDS,
}
