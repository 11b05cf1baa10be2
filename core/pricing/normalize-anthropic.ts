import type { TokenUsage } from '#core/pricing/token-usage.ts'
import { detailCount, fieldsOf, optionalCount, requiredCount } from '#core/pricing/usage-fields.ts'

/**
 * Reads the `usage` of an Anthropic message into disjoint token classes.
 *
 * Anthropic's `input_tokens` leaves cached tokens out: `cache_read_input_tokens` and `cache_creation_input_tokens`
 * come on top. `cache_creation` splits the writes by lifetime; writes that it does not explain are five-minute ones,
 * the vendor's default. `output_tokens` includes `output_tokens_details.thinking_tokens`.
 * Protocol: Anthropic API reference, object "Usage" of a message; prompt caching guide.
 *
 * @returns null when the usage is absent, malformed, or impossible (a part larger than its total)
 */
export function normalizeAnthropicUsage(usage: unknown): TokenUsage | null {
  const fields = fieldsOf(usage)
  if (!fields) return null
  const input = requiredCount(fields.input_tokens)
  const output = requiredCount(fields.output_tokens)
  const cachedInput = optionalCount(fields.cache_read_input_tokens)
  const reasoning = detailCount(fields.output_tokens_details, 'thinking_tokens')
  const writes = cacheWrites(fields)
  if (input === null || output === null || cachedInput === null || reasoning === null || !writes) return null
  if (reasoning > output) return null
  return { input, cachedInput, ...writes, output: output - reasoning, reasoning }
}

function cacheWrites(fields: Record<string, unknown>): Pick<TokenUsage, 'cacheWrite5m' | 'cacheWrite1h'> | null {
  const fiveMinutes = detailCount(fields.cache_creation, 'ephemeral_5m_input_tokens')
  const oneHour = detailCount(fields.cache_creation, 'ephemeral_1h_input_tokens')
  if (fiveMinutes === null || oneHour === null) return null
  const split = fiveMinutes + oneHour
  const given = fields.cache_creation_input_tokens
  const total = given === undefined || given === null ? split : requiredCount(given)
  if (total === null || split > total) return null
  return { cacheWrite5m: total - oneHour, cacheWrite1h: oneHour }
}

/**
 * Joins the usages of a streamed Anthropic message: `message_start` reports the prompt, each `message_delta` the
 * counts so far (cumulative, so a later value replaces an earlier one; null or absent leaves it as it was).
 *
 * @returns the raw usage for {@link normalizeAnthropicUsage}; null when neither part is an object
 */
export function mergeAnthropicUsage(soFar: unknown, delta: unknown): Record<string, unknown> | null {
  const start = fieldsOf(soFar)
  const later = fieldsOf(delta)
  if (!start || !later) return start ?? later
  const merged = { ...start }
  for (const [name, value] of Object.entries(later)) if (value !== null && value !== undefined) merged[name] = value
  return merged
}
