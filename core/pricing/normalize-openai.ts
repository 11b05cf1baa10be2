import type { TokenUsage } from '#core/pricing/token-usage.ts'
import { detailCount, fieldsOf, optionalCount, requiredCount } from '#core/pricing/usage-fields.ts'

/**
 * Reads the `usage` of an OpenAI answer (chat completions, responses or embeddings) into disjoint token classes.
 *
 * OpenAI's totals include their parts: `prompt_tokens` (responses: `input_tokens`) includes `cached_tokens`, and
 * `completion_tokens` (`output_tokens`) includes `reasoning_tokens`, so the parts are subtracted here. Gemini's
 * compatible endpoint and xAI leave the reasoning out of the completion and count it in `total_tokens` only, so what is
 * there beyond the prompt was generated. DeepSeek (`prompt_cache_hit_tokens`) and Moonshot (`cached_tokens`) have names
 * of their own for cached tokens.
 * Protocol: OpenAI API reference, objects "usage" of chat completion, response and embedding list; xAI, "Usage";
 * DeepSeek, "Context caching"; Kimi, "Create chat completion".
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
      fields.total_tokens,
    )
  }
  return disjoint(
    requiredCount(fields.prompt_tokens),
    cachedCount(fields),
    completionCount(fields),
    detailCount(fields.completion_tokens_details, 'reasoning_tokens'),
    fields.total_tokens,
  )
}

/** Cached tokens of the prompt, by whichever name the server gives them. */
function cachedCount(fields: Record<string, unknown>): number | null {
  const named = detailCount(fields.prompt_tokens_details, 'cached_tokens')
  return named === 0 ? optionalCount(fields.prompt_cache_hit_tokens ?? fields.cached_tokens) : named
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
  told: number | null,
  total: unknown,
): TokenUsage | null {
  if (prompt === null || cached === null || completion === null || told === null) return null
  const generated = Math.max(completion, (requiredCount(total) ?? 0) - prompt)
  const reasoning = told > 0 ? told : generated - completion
  if (cached > prompt || reasoning > generated) return null
  return {
    input: prompt - cached,
    cachedInput: cached,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: generated - reasoning,
    reasoning,
  }
}
