import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeAnthropicUsage, normalizeAnthropicUsage } from '#core/pricing/normalize-anthropic.ts'
import { promptTokens } from '#core/pricing/token-usage.ts'

describe('normalizeAnthropicUsage', () => {
  it('adds cached tokens to the input, which leaves them out, and splits writes by lifetime', () => {
    expect(
      normalizeAnthropicUsage({
        input_tokens: 21,
        cache_read_input_tokens: 1000,
        cache_creation_input_tokens: 300,
        cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 },
        output_tokens: 50,
        output_tokens_details: { thinking_tokens: 30 },
      }),
    ).toEqual({ input: 21, cachedInput: 1000, cacheWrite5m: 100, cacheWrite1h: 200, output: 20, reasoning: 30 })
  })

  it('counts writes without a split as five-minute ones', () => {
    expect(
      normalizeAnthropicUsage({ input_tokens: 1, cache_creation_input_tokens: 300, output_tokens: 2 }),
    ).toMatchObject({ cacheWrite5m: 300, cacheWrite1h: 0 })
    expect(
      normalizeAnthropicUsage({
        input_tokens: 1,
        cache_creation_input_tokens: 300,
        cache_creation: { ephemeral_1h_input_tokens: 100 },
        output_tokens: 2,
      }),
    ).toMatchObject({ cacheWrite5m: 200, cacheWrite1h: 100 })
  })

  it('reads a split without a total, and null cache fields', () => {
    expect(
      normalizeAnthropicUsage({
        input_tokens: 1,
        cache_creation: { ephemeral_5m_input_tokens: 7 },
        cache_read_input_tokens: null,
        cache_creation_input_tokens: null,
        output_tokens: 2,
      }),
    ).toEqual({ input: 1, cachedInput: 0, cacheWrite5m: 7, cacheWrite1h: 0, output: 2, reasoning: 0 })
  })

  it('is unknown, not zero, when absent, malformed or impossible', () => {
    const whole = { input_tokens: 1, output_tokens: 2 }
    const wrong: unknown[] = [
      undefined,
      null,
      {},
      { output_tokens: 2 },
      { input_tokens: 1 },
      { ...whole, input_tokens: -1 },
      { ...whole, output_tokens: '2' },
      { ...whole, cache_read_input_tokens: 0.5 },
      { ...whole, cache_creation: { ephemeral_5m_input_tokens: 7 }, cache_creation_input_tokens: 6 },
      { ...whole, cache_creation: 7 },
      { ...whole, output_tokens_details: { thinking_tokens: 3 } },
    ]
    for (const usage of wrong) expect(normalizeAnthropicUsage(usage), JSON.stringify(usage)).toBeNull()
  })

  it('keeps every prompt token in exactly one class', () => {
    const count = fc.nat(1_000_000)
    fc.assert(
      fc.property(count, count, count, count, (fresh, read, fiveMinutes, oneHour) => {
        const usage = normalizeAnthropicUsage({
          input_tokens: fresh,
          cache_read_input_tokens: read,
          cache_creation_input_tokens: fiveMinutes + oneHour,
          cache_creation: { ephemeral_5m_input_tokens: fiveMinutes, ephemeral_1h_input_tokens: oneHour },
          output_tokens: 0,
        })
        expect(usage && promptTokens(usage)).toBe(fresh + read + fiveMinutes + oneHour)
      }),
    )
  })
})

describe('mergeAnthropicUsage', () => {
  const start = {
    input_tokens: 25,
    cache_read_input_tokens: 10,
    cache_creation_input_tokens: 8,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 8 },
    output_tokens: 1,
  }

  it('lets later cumulative counts replace earlier ones', () => {
    const merged = mergeAnthropicUsage(start, { input_tokens: null, output_tokens: 90 })
    expect(normalizeAnthropicUsage(merged)).toEqual({
      input: 25,
      cachedInput: 10,
      cacheWrite5m: 0,
      cacheWrite1h: 8,
      output: 90,
      reasoning: 0,
    })
    expect(normalizeAnthropicUsage(mergeAnthropicUsage(merged, { output_tokens: 95 }))).toMatchObject({ output: 95 })
  })

  it('keeps what it has when a part is missing', () => {
    expect(mergeAnthropicUsage(start, undefined)).toEqual(start)
    expect(mergeAnthropicUsage(null, { output_tokens: 3 })).toEqual({ output_tokens: 3 })
    expect(mergeAnthropicUsage(null, null)).toBeNull()
    expect(normalizeAnthropicUsage(mergeAnthropicUsage(null, { output_tokens: 3 }))).toBeNull()
  })
})
