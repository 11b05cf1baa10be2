import { basePath, bearer, OPENAI_FORWARDS } from '../base-path.ts'
import type { Vendor } from '../vendor.ts'

/**
 * AWS Bedrock through its OpenAI-compatible endpoints with a Bedrock API key as bearer token: chat completions and
 * responses at the configured base URL, whose usual path is `/openai/v1` on `bedrock-runtime` hosts and `/v1` on
 * `bedrock-mantle` hosts. Requests signed with AWS credentials (Signature Version 4), the Converse API and the
 * Anthropic wire of Bedrock are not supported.
 */
export const awsBedrock: Vendor = {
  path(base, operation) {
    if (operation.name !== 'chat' && operation.name !== 'responses') return null
    return basePath(base, base.hostname.startsWith('bedrock-mantle.') ? '/v1' : '/openai/v1') + operation.path
  },
  credentialHeaders: bearer,
  forwards: OPENAI_FORWARDS,
}
