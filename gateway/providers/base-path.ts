/** The path of a provider's base URL without a slash at the end, or the vendor's usual one when it has none. */
export function basePath(base: URL, usual: string): string {
  const path = base.pathname.replace(/\/+$/, '')
  return path === '' ? usual : path
}

/** Bearer authorization, as most vendors want it. */
export function bearer(credential: string): string[] {
  return ['authorization', `Bearer ${credential}`]
}

/** Headers that clients of the two families may send on. */
export const OPENAI_FORWARDS: readonly string[] = ['accept', 'idempotency-key', 'openai-beta']
export const ANTHROPIC_FORWARDS: readonly string[] = ['accept', 'anthropic-version', 'anthropic-beta']
