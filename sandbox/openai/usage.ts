import type { Prompt } from '../prompt.ts'
import type { Reply } from '../reply.ts'

const CACHE_MINIMUM = 1024
const CACHE_STEP = 128

/**
 * Prompt tokens that count as read from the cache: OpenAI caches prefixes by itself, from 1,024 tokens on, in steps
 * of 128. Here the prefix is everything before the last message and always counts as cached, so that equal requests
 * have equal usage. Source: OpenAI guide "Prompt caching".
 */
export function cachedTokens(prompt: Prompt): number {
  if (prompt.inputTokens < CACHE_MINIMUM) return 0
  return Math.floor(prompt.prefixTokens / CACHE_STEP) * CACHE_STEP
}

/** Usage of a chat completion: totals include their parts. */
export function chatUsage(prompt: Prompt, replies: readonly Reply[]) {
  const completion = replies.reduce((sum, reply) => sum + reply.outputTokens, 0)
  const reasoning = replies.reduce((sum, reply) => sum + reply.reasoningTokens, 0)
  return {
    prompt_tokens: prompt.inputTokens,
    completion_tokens: completion,
    total_tokens: prompt.inputTokens + completion,
    prompt_tokens_details: { cached_tokens: cachedTokens(prompt), audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}

/** Usage of a response: the same under other names. */
export function responseUsage(prompt: Prompt, reply: Reply) {
  return {
    input_tokens: prompt.inputTokens,
    input_tokens_details: { cached_tokens: cachedTokens(prompt), cache_write_tokens: 0 },
    output_tokens: reply.outputTokens,
    output_tokens_details: { reasoning_tokens: reply.reasoningTokens },
    total_tokens: prompt.inputTokens + reply.outputTokens,
  }
}

const REASONING_BUDGETS: Readonly<Record<string, number>> = {
  none: 0,
  minimal: 64,
  low: 128,
  medium: 320,
  high: 1024,
  xhigh: 2048,
}

/** Reasoning tokens that an effort allows for on a reasoning model. */
export function reasoningBudget(reasons: boolean, effort: string | null | undefined): number | null {
  return reasons ? (REASONING_BUDGETS[effort ?? 'medium'] ?? 320) : null
}
