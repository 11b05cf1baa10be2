import type { Operation } from '#gateway/operations.ts'
import { withoutForeignThoughts } from './foreign-thoughts.ts'
import type { Endpoint, VendorCall, Wire } from './vendor.ts'

const RESPONSES: Wire = { amended: withoutForeignThoughts }

/** The path of a provider's base URL without a slash at the end, or the vendor's usual one when it has none. */
export function basePath(base: URL, usual: string): string {
  const path = base.pathname.replace(/\/+$/, '')
  return path === '' ? usual : path
}

/** OpenAI's paths below a base URL, `/v1` when it has no path of its own. */
export function openaiEndpoint({ base, operation }: VendorCall): Endpoint | null {
  if (operation.family !== 'openai') return null
  return { path: basePath(base, '/v1') + operation.path, ...openaiWire(operation) }
}

/** What OpenAI would not take of an operation. */
export function openaiWire({ name }: Operation): Pick<Endpoint, 'wire'> {
  return name === 'responses' ? { wire: RESPONSES } : {}
}

/** Bearer authorization, as most vendors want it. */
export function bearer({ apiKey }: { apiKey: string }): string[] {
  return ['authorization', `Bearer ${apiKey}`]
}

/** Headers that clients of the two families may send on. */
export const OPENAI_FORWARDS: readonly string[] = ['accept', 'idempotency-key', 'openai-beta']
export const ANTHROPIC_FORWARDS: readonly string[] = ['accept', 'anthropic-version', 'anthropic-beta']
