import { describe, expect, test } from 'vitest'
import { parseUsd } from '#core/money.ts'
import { SANDBOX_MODELS as SERVED } from '#sandbox/models.ts'
import { SHIPPED_MODELS, shippedModelsFor } from './shipped-models.ts'

const price = (text: string | undefined) => {
  const nano = text === undefined ? null : parseUsd(text)
  if (nano === null) throw new Error(`no price: ${text}`)
  return nano
}

describe.each(SHIPPED_MODELS.map(model => [`${model.vendor} ${model.identifier}`, model] as const))(
  '%s',
  (_, model) => {
    const { input, cachedInput, cacheWrite5m, cacheWrite1h, output } = model.usdPerMillionTokens
    const generates = model.dialects.some(dialect => dialect !== 'embeddings' && dialect !== 'moderations')

    test('has a plausible price', () => {
      if (model.dialects.includes('moderations')) expect(price(input)).toBe(0n)
      else expect(price(input)).toBeGreaterThan(0n)
      expect(price(input)).toBeLessThan(price('1000'))
      if (!generates) expect(output).toBeUndefined()
      else expect(price(output)).toBeGreaterThanOrEqual(price(input))
      if (cachedInput) expect(price(cachedInput)).toBeLessThan(price(input))
      if (model.vendor === 'anthropic') {
        // Anthropic prices its cache in multiples of the input price: 0.1, 1.25 and 2.
        expect(price(cachedInput) * 10n).toBe(price(input))
        expect(price(cacheWrite5m) * 4n).toBe(price(input) * 5n)
        expect(price(cacheWrite1h)).toBe(price(input) * 2n)
      }
      if (model.vendor === 'openai' && generates) expect(cachedInput).toBeDefined()
    })

    test('has plausible limits', () => {
      expect(model.contextWindow).toBeGreaterThanOrEqual(1_000)
      if (model.maxOutputTokens !== null) expect(model.maxOutputTokens).toBeLessThanOrEqual(model.contextWindow)
      expect(model.dialects.length).toBeGreaterThan(0)
    })
  },
)

test('every identifier is there once', () => {
  const names = SHIPPED_MODELS.map(model => model.identifier)
  expect(new Set(names).size).toBe(names.length)
})

test('every model of the sandbox provider is there, and says that it is one', () => {
  const shipped = shippedModelsFor({ kind: 'sandbox', baseUrl: 'http://127.0.0.1:4010' }).map(model => model.identifier)
  expect(shipped.toSorted()).toEqual(SERVED.map(model => model.id).toSorted())
  for (const name of shipped) expect(name).toContain('sandbox')
})

test.each([
  ['https://api.mistral.ai/v1', 'mistral'],
  ['https://api.cohere.ai/compatibility/v1', 'cohere'],
])('%s is known by its host', (baseUrl, vendor) => {
  const models = shippedModelsFor({ kind: 'openai_compatible', baseUrl })
  expect(new Set(models.map(model => model.vendor))).toEqual(new Set([vendor]))
})

test('a host that only looks like a vendor gets nothing', () => {
  expect(shippedModelsFor({ kind: 'openai_compatible', baseUrl: 'https://notmistral.ai' })).toEqual([])
})
