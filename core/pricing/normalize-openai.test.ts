import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import { completionTokens, promptTokens } from '#core/pricing/token-usage.ts'

const CHAT = {
  prompt_tokens: 2006,
  completion_tokens: 300,
  total_tokens: 2306,
  prompt_tokens_details: { cached_tokens: 1920, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 192, audio_tokens: 0 },
}
const EXPECTED = { input: 86, cachedInput: 1920, cacheWrite5m: 0, cacheWrite1h: 0, output: 108, reasoning: 192 }

describe('normalizeOpenAiUsage', () => {
  it('takes cached and reasoning tokens out of the totals of a chat completion', () => {
    expect(normalizeOpenAiUsage(CHAT)).toEqual(EXPECTED)
  })

  it('reads the responses shape', () => {
    expect(
      normalizeOpenAiUsage({
        input_tokens: 2006,
        input_tokens_details: { cached_tokens: 1920 },
        output_tokens: 300,
        output_tokens_details: { reasoning_tokens: 192 },
        total_tokens: 2306,
      }),
    ).toEqual(EXPECTED)
  })

  it('reads the embeddings shape, which has no completion', () => {
    expect(normalizeOpenAiUsage({ prompt_tokens: 8, total_tokens: 8 })).toMatchObject({ input: 8, output: 0 })
    expect(normalizeOpenAiUsage({ prompt_tokens: 8, total_tokens: 9 })).toBeNull()
    expect(normalizeOpenAiUsage({ prompt_tokens: 8 })).toBeNull()
  })

  it('accepts details that are absent or null', () => {
    expect(normalizeOpenAiUsage({ prompt_tokens: 5, completion_tokens: 2, prompt_tokens_details: null })).toMatchObject(
      { input: 5, cachedInput: 0, output: 2, reasoning: 0 },
    )
  })

  it.each([
    ['xAI', { completion_tokens: 1, completion_tokens_details: { reasoning_tokens: 386 }, total_tokens: 399 }, 1],
    ['Gemini, which names none,', { completion_tokens: 1, total_tokens: 399 }, 1],
    ['a thought alone', { completion_tokens: 0, completion_tokens_details: null, total_tokens: 398 }, 0],
  ])('counts the reasoning of %s that only the total holds', (_, generated, output) => {
    expect(normalizeOpenAiUsage({ prompt_tokens: 12, ...generated })).toMatchObject({
      input: 12,
      output,
      reasoning: 386,
    })
  })

  it.each([
    ['DeepSeek', { prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 }],
    ['Moonshot', { cached_tokens: 64, prompt_tokens_details: {} }],
    ['both names', { prompt_cache_hit_tokens: 64, prompt_tokens_details: { cached_tokens: 64 } }],
  ])('reads the cached tokens of %s', (_, cached) => {
    const usage = { prompt_tokens: 100, completion_tokens: 5, total_tokens: 105, ...cached }
    expect(normalizeOpenAiUsage(usage)).toMatchObject({ input: 36, cachedInput: 64, output: 5, reasoning: 0 })
  })

  it('is unknown, not zero, when absent, malformed or impossible', () => {
    const wrong: unknown[] = [
      undefined,
      null,
      'usage',
      [],
      {},
      { ...CHAT, prompt_tokens: '2006' },
      { ...CHAT, prompt_tokens: -1 },
      { ...CHAT, prompt_tokens: 1.5 },
      { ...CHAT, completion_tokens: null },
      { ...CHAT, prompt_tokens_details: { cached_tokens: 2007 } },
      { ...CHAT, completion_tokens_details: { reasoning_tokens: 301 } },
      { ...CHAT, prompt_tokens_details: 'none' },
      { input_tokens: 5 },
    ]
    for (const usage of wrong) expect(normalizeOpenAiUsage(usage), JSON.stringify(usage)).toBeNull()
  })

  it('keeps every token in exactly one class', () => {
    const count = fc.nat(1_000_000)
    fc.assert(
      fc.property(count, count, count, count, (fresh, cached, answer, reasoning) => {
        const usage = normalizeOpenAiUsage({
          prompt_tokens: fresh + cached,
          completion_tokens: answer + reasoning,
          prompt_tokens_details: { cached_tokens: cached },
          completion_tokens_details: { reasoning_tokens: reasoning },
        })
        expect(usage).toMatchObject({ input: fresh, cachedInput: cached, output: answer, reasoning })
        expect(usage && promptTokens(usage)).toBe(fresh + cached)
        expect(usage && completionTokens(usage)).toBe(answer + reasoning)
      }),
    )
  })

  it('never throws, whatever a vendor sends', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const usage = normalizeOpenAiUsage(value)
        return usage === null || Object.values(usage).every(count => Number.isSafeInteger(count) && count >= 0)
      }),
    )
  })
})
