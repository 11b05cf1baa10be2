import { beforeAll, describe, expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { addModelPrice } from './add-model-price.ts'
import { changeModelLifecycle } from './change-model-lifecycle.ts'
import { createModel } from './create-model.ts'
import { importShippedModels } from './import-shipped-models.ts'
import { getModel, listModels } from './queries.ts'
import { ListModelsQuery } from './schema.ts'
import { updateModel } from './update-model.ts'

let here: TestOrganization
let elsewhere: TestOrganization
let providerId: string
beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  providerId = (await createProvider({ ctx: here.admin, input: { name: 'OpenAI', kind: 'openai' } })).id
})

let count = 0
const create = (change: object = {}) =>
  createModel({ ctx: here.admin, input: { providerId, identifier: `model-${++count}`, dialects: ['chat'], ...change } })
const published = async (id: string) =>
  (await databases().system.gatewayConfig.findFirstOrThrow({ where: { kind: 'model', id } })).doc as Record<
    string,
    unknown
  >
const usd = (input: string, output: string) => ({ usdPerMillionTokens: { input, output } })

describe('a model', () => {
  test('is published with its price in nano-US-dollars', async () => {
    const model = await create({ aliases: ['fast'], price: usd('2.5', '10') })
    expect(model.price?.usdPerMillionTokens).toMatchObject({ input: '2.50', output: '10.00', cachedInput: null })
    expect(await published(model.id)).toMatchObject({
      aliases: ['fast'],
      upstreamModel: model.identifier,
      prices: [{ input: '2500000000', output: '10000000000', cachedInput: null }],
    })
  })

  test('without a price is unpriced, not free', async () => {
    const model = await create()
    expect(model.price).toBeNull()
    expect((await published(model.id)).prices).toEqual([])
  })

  test('answers to names that no other has', async () => {
    await create({ identifier: 'taken', aliases: ['taken-too'] })
    for (const change of [
      { identifier: 'taken' },
      { identifier: 'taken-too' },
      { aliases: ['taken'] },
      { aliases: ['taken-too'] },
    ]) {
      await expect(create(change)).rejects.toMatchObject({ kind: 'conflict' })
    }
    await expect(create({ aliases: ['same', 'same'] })).rejects.toMatchObject({ kind: 'invalid_input' })
    const made = await Promise.allSettled([create({ identifier: 'twin' }), create({ aliases: ['twin'] })])
    expect(made.filter(result => result.status === 'fulfilled')).toHaveLength(1)
  })

  test('says which of its facts are missing', async () => {
    const bare = await create()
    expect(bare.completeness).toMatchObject({ known: 0, of: 14 })
    const full = await updateModel({
      ctx: here.admin,
      input: {
        id: (await create({ price: usd('1', '2') })).id,
        capabilities: ['tools'],
        modalities: ['text'],
        contextWindow: 1000,
        maxOutputTokens: 100,
        tiers: ['Internal'],
        regions: ['eu'],
        retentionDays: 0,
        trainingOptOut: true,
        ownerId: here.admin.actor.id,
        lineage: 'a family',
        modelCard: '# A model',
        reviewBy: '2027-01-31',
      },
    })
    expect(full.completeness).toEqual({ known: 14, of: 14, missing: [] })
  })

  test('changes its lifecycle for a reason that is kept', async () => {
    const { id } = await create()
    const ctx = here.admin
    await expect(changeModelLifecycle({ ctx, input: { id, lifecycle: 'blocked', reason: ' ' } })).rejects.toThrow()
    await changeModelLifecycle({ ctx, input: { id, lifecycle: 'blocked', reason: 'leaks prompts' } })
    expect(await published(id)).toMatchObject({ lifecycle: 'blocked' })
    const entry = await databases().system.auditEntry.findFirstOrThrow({
      where: { subjectId: id, action: 'model.lifecycle_changed' },
    })
    expect(entry).toMatchObject({ reason: 'leaks prompts', before: { lifecycle: 'approved' } })
  })

  test('is not there for another organization, nor for who lacks the permission', async () => {
    const { id } = await create()
    const developer = await here.person(['developer'])
    const price = { id, ...usd('1', '2') }
    await expect(getModel(elsewhere.admin, id)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(addModelPrice({ ctx: elsewhere.admin, input: price })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(addModelPrice({ ctx: developer, input: price })).rejects.toMatchObject({ kind: 'permission_denied' })
    await expect(
      createModel({ ctx: elsewhere.admin, input: { providerId, identifier: 'x', dialects: ['chat'] } }),
    ).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('is listed by identifier, page by page', async () => {
    const query = (cursor?: string) => ListModelsQuery.parse({ limit: 3, providerId, ...(cursor ? { cursor } : {}) })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await listModels(here.admin, query(cursor ?? undefined))
      seen.push(...page.data.map(model => model.identifier))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toEqual(seen.toSorted())
    expect(seen.length).toBe(await databases().system.model.count({ where: { providerId } }))
  })
})

describe('prices', () => {
  test('of the past are never changed', async () => {
    const { id } = await create({ price: { ...usd('1', '2'), validFrom: '2026-01-01T00:00:00Z' } })
    await expect(
      addModelPrice({ ctx: here.admin, input: { id, ...usd('3', '4'), validFrom: '2026-02-01T00:00:00Z' } }),
    ).rejects.toMatchObject({ kind: 'invalid_input', fields: [{ field: 'validFrom' }] })
    await addModelPrice({ ctx: here.admin, input: { id, ...usd('3', '4') } })
    const { prices, price } = await getModel(here.admin, id)
    expect(prices.map(row => row.usdPerMillionTokens.input)).toEqual(['3.00', '1.00'])
    expect(price?.usdPerMillionTokens.input).toBe('3.00')
    expect((await published(id)).prices).toMatchObject([{ input: '1000000000' }, { input: '3000000000' }])
  })

  test('to come may be put right, and are in force from their moment only', async () => {
    const { id } = await create({ price: usd('1', '2') })
    const validFrom = new Date(Date.now() + 86_400_000).toISOString()
    await addModelPrice({ ctx: here.admin, input: { id, ...usd('30', '40'), validFrom } })
    await addModelPrice({ ctx: here.admin, input: { id, ...usd('3', '4'), validFrom } })
    const model = await getModel(here.admin, id)
    expect(model.prices.map(row => row.usdPerMillionTokens.input)).toEqual(['3.00', '1.00'])
    expect(model.price?.usdPerMillionTokens.input).toBe('1.00')
  })

  test.each([{ input: -1 }, { input: '1e3' }, { input: '99999999999' }, {}, { surprise: 1 }])(
    'may not be %j',
    async price => {
      await expect(create({ price: { usdPerMillionTokens: price } })).rejects.toMatchObject({ kind: 'invalid_input' })
    },
  )
})

describe('shipped models', () => {
  test('come with their list prices, once', async () => {
    const org = await makeOrganization()
    const provider = await createProvider({ ctx: org.admin, input: { name: 'Anthropic', kind: 'anthropic' } })
    const input = { providerId: provider.id }
    const first = await importShippedModels({ ctx: org.admin, input })
    expect(first.created.length).toBeGreaterThan(3)
    const again = await importShippedModels({ ctx: org.admin, input })
    expect(again).toMatchObject({ created: [] })
    expect(again.skipped).toHaveLength(first.created.length)
    const { data } = await listModels(org.admin, ListModelsQuery.parse({ search: 'claude-sonnet-4-5' }))
    expect(data[0]).toMatchObject({
      source: 'shipped',
      price: { source: 'vendor list price', usdPerMillionTokens: { input: '3.00', cacheWrite1h: '6.00' } },
    })
  })

  test('are for providers whose models are shipped', async () => {
    const other = await createProvider({
      ctx: here.admin,
      input: { name: 'Own', kind: 'openai_compatible', baseUrl: 'https://models.example.com/v1' },
    })
    const input = { providerId: other.id }
    await expect(importShippedModels({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'invalid_input' })
  })
})
