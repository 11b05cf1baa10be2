import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { formatUsd } from '#core/money.ts'
import { databases } from '#lib/platform/database.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { applyPriceImport } from './apply-price-import.ts'
import { createModel } from './create-model.ts'
import { previewPriceImport } from './preview-price-import.ts'
import { readPriceFile } from './price-file.ts'
import { getModel } from './queries.ts'
import { nanoUsdPerMillion } from './unit-price.ts'

describe('a unit price', () => {
  test.each([
    ['2.5e-06', 2_500_000_000n],
    ['0.0000025', 2_500_000_000n],
    ['1.5e-07', 150_000_000n],
    ['3E-8', 30_000_000n],
    ['0.0', 0n],
    ['0', 0n],
    ['4.166666667e-08', 41_666_667n],
    ['5e-16', 1n],
    ['4e-16', 0n],
  ])('%s is %i nano-US-dollars per million tokens', (text, expected) => {
    expect(nanoUsdPerMillion(text)).toBe(expected)
  })

  test.each(['-1e-06', 'NaN', '', '1e400', '1e99', '12', '0x10', '1e-06 '])('%j is none', text => {
    expect(nanoUsdPerMillion(text)).toBeNull()
  })

  test('loses nothing that a price per million with nine decimals holds', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 14n), nano => {
        const [whole, fraction = ''] = formatUsd(nano).split('.')
        expect(nanoUsdPerMillion(`${whole}.${fraction}e-6`)).toBe(nano)
      }),
    )
  })
})

const entry = (provider: string, input: string, output: string, more = '') =>
  `{"litellm_provider":"${provider}","mode":"chat","input_cost_per_token":${input},"output_cost_per_token":${output}${more}}`

describe('a price file', () => {
  test('is read by entry, with a reason for each that cannot be used', () => {
    const { entries, skipped } = readPriceFile(`{
      "sample_spec": {"mode": "one of: chat"},
      "gemini/gemini-2.5-pro": ${entry('gemini', '1.25e-06', '1e-05', ',"cache_read_input_token_cost":1.25e-07')},
      "dall-e-3": {"litellm_provider": "openai", "mode": "image_generation", "output_cost_per_image": 0.04},
      "free-form": "text",
      "nameless": {"mode": "chat", "input_cost_per_token": 1e-06},
      "negative": ${entry('openai', '-1e-06', '1e-06')},
      "priceless": {"litellm_provider": "openai", "mode": "chat"},
      "__proto__": ${entry('openai', '1e-06', '1e-06')}
    }`)
    expect(entries.map(({ key, name, kind }) => ({ key, name, kind }))).toEqual([
      { key: 'gemini/gemini-2.5-pro', name: 'gemini-2.5-pro', kind: 'google' },
      { key: '__proto__', name: '__proto__', kind: 'openai' },
    ])
    expect(entries[0]?.amounts).toEqual({ input: 1_250_000_000n, output: 10_000_000_000n, cachedInput: 125_000_000n })
    expect(skipped.map(one => one.key)).toEqual(['dall-e-3', 'free-form', 'nameless', 'negative', 'priceless'])
    expect(skipped[0]?.reason).toContain('image_generation')
  })

  test.each(['[]', 'null', '"x"', '{', ''])('%j is refused', text => {
    expect(() => readPriceFile(text)).toThrow()
  })
})

describe('importing', () => {
  let here: TestOrganization
  let ids: Record<'steady' | 'rises' | 'falls' | 'bare' | 'absent', string>
  const price = (input: string, output: string, cacheWrite1h: string | null = null) => ({
    usdPerMillionTokens: { input, output, cacheWrite1h },
  })
  beforeAll(async () => {
    here = await makeOrganization()
    const { id: providerId } = await createProvider({ ctx: here.admin, input: { name: 'OpenAI', kind: 'openai' } })
    const add = async (identifier: string, terms: object | null) =>
      (await createModel({ ctx: here.admin, input: { providerId, identifier, dialects: ['chat'], price: terms } })).id
    ids = {
      steady: await add('steady', price('1', '2')),
      rises: await add('rises', price('1', '2', '7')),
      falls: await add('falls', price('1', '2')),
      bare: await add('bare', null),
      absent: await add('absent', price('1', '2')),
    }
  })
  const file = `{
    "steady": ${entry('openai', '1e-06', '2e-06')},
    "openai/rises": ${entry('openai', '1.5e-06', '2e-06')},
    "falls": ${entry('openai', '1e-06', '1e-06')},
    "bare": ${entry('openai', '1e-07', '2e-07')},
    "absent": ${entry('anthropic', '9e-06', '9e-06')},
    "never-heard-of": ${entry('openai', '1e-06', '2e-06')}
  }`
  const preview = () => previewPriceImport({ ctx: here.admin, input: { file } })

  test('shows what would change, and changes nothing', async () => {
    const before = await databases().system.modelPrice.count({ where: { organizationId: here.id } })
    const shown = await preview()
    const changes = Object.fromEntries(shown.rows.map(row => [row.identifier, row.change]))
    expect(changes).toEqual({ steady: 'unchanged', rises: 'raised', falls: 'lowered', bare: 'new' })
    expect(shown.counts).toEqual({ new: 1, raised: 1, lowered: 1, mixed: 0, unchanged: 1 })
    expect(shown.unknown).toEqual({ count: 2, examples: ['absent', 'never-heard-of'] })
    expect(shown.notInFile).toEqual([{ modelId: ids.absent, identifier: 'absent' }])
    expect(await databases().system.modelPrice.count({ where: { organizationId: here.id } })).toBe(before)
  })

  test('applies what was looked at, and nothing else', async () => {
    const { hash } = await preview()
    const other = file.replace('1.5e-06', '9e-06')
    await expect(applyPriceImport({ ctx: here.admin, input: { file: other, hash } })).rejects.toMatchObject({
      kind: 'conflict',
    })
    expect(await applyPriceImport({ ctx: here.admin, input: { file, hash } })).toMatchObject({
      changed: 3,
      unchanged: 1,
    })
    const risen = await getModel(here.admin, ids.rises)
    // The file says nothing of the one-hour cache write: it keeps its price.
    expect(risen.price?.usdPerMillionTokens).toMatchObject({ input: '1.50', cacheWrite1h: '7.00' })
    expect(risen.prices).toHaveLength(2)
    await expect(applyPriceImport({ ctx: here.admin, input: { file, hash } })).rejects.toMatchObject({
      kind: 'conflict',
    })
    expect((await preview()).counts).toMatchObject({ unchanged: 4, raised: 0 })
  })

  test('needs the permission', async () => {
    const ctx = await here.person(['developer'])
    await expect(previewPriceImport({ ctx, input: { file } })).rejects.toMatchObject({ kind: 'permission_denied' })
  })
})
