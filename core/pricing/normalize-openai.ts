import type { TokenUsage } from '#core/pricing/token-usage.ts'
import { detailCount, fieldsOf, requiredCount } from '#core/pricing/usage-fields.ts'

/**
 * Reads the `usage` of an OpenAI answer (chat completions, responses or embeddings) into disjoint token classes.
 *
 * OpenAI's totals include their parts: `prompt_tokens` (responses: `input_tokens`) includes `cached_tokens`, and
 * `completion_tokens` (`output_tokens`) includes `reasoning_tokens`, so the parts are subtracted here.
 * Protocol: OpenAI API reference, objects "usage" of chat completion, response and embedding list.
 *
 * @returns null when the usage is absent, malformed, or impossible (a part larger than its total)
 */
export function normalizeOpenAiUsage(usage: unknown): TokenUsage | null {
  const fields = fieldsOf(usage)
  if (!fields) return null
  if ('input_tokens' in fields) {
    return disjoint(
      requiredCount(fields.input_tokens),
      detailCount(fields.input_tokens_details, 'cached_tokens'),
      requiredCount(fields.output_tokens),
      detailCount(fields.output_tokens_details, 'reasoning_tokens'),
    )
  }
  return disjoint(
    requiredCount(fields.prompt_tokens),
    detailCount(fields.prompt_tokens_details, 'cached_tokens'),
    completionCount(fields),
    detailCount(fields.completion_tokens_details, 'reasoning_tokens'),
  )
}

/** Embeddings report no completion: then the total must be the prompt, or the count is missing. */
function completionCount(fields: Record<string, unknown>): number | null {
  if (fields.completion_tokens !== undefined) return requiredCount(fields.completion_tokens)
  return fields.total_tokens !== undefined && fields.total_tokens === fields.prompt_tokens ? 0 : null
}

function disjoint(
  prompt: number | null,
  cached: number | null,
  completion: number | null,
  reasoning: number | null,
): TokenUsage | null {
  if (prompt === null || cached === null || completion === null || reasoning === null) return null
  if (cached > prompt || reasoning > completion) return null
  return {
    input: prompt - cached,
    cachedInput: cached,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: completion - reasoning,
    reasoning,
  }
}
