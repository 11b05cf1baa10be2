import { completionTokens, promptTokens, type TokenUsage } from '#core/pricing/token-usage.ts'

/** Usage as chat completions count it: cached tokens are part of the prompt, reasoning is part of the completion. */
export function chatUsage(usage: TokenUsage): object {
  const [prompt, completion] = [promptTokens(usage), completionTokens(usage)]
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: usage.cachedInput },
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
  }
}

/** Usage as responses count it; the same parts in other words. */
export function responsesUsage(usage: TokenUsage): object {
  const [input, output] = [promptTokens(usage), completionTokens(usage)]
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cachedInput },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: input + output,
  }
}

/** Usage as messages count it: cached tokens come on top of `input_tokens`. */
export function messagesUsage(usage: TokenUsage): object {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cache_read_input_tokens: usage.cachedInput,
    cache_creation: { ephemeral_5m_input_tokens: usage.cacheWrite5m, ephemeral_1h_input_tokens: usage.cacheWrite1h },
    output_tokens: completionTokens(usage),
    output_tokens_details: { thinking_tokens: usage.reasoning },
  }
}
