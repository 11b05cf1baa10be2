import { describe, expect, test } from 'vitest'
import { keyFacts, type ModelChoice, modelsByWire } from './key-facts.ts'

const models: ModelChoice[] = [
  { id: 'a', identifier: 'gpt', displayName: 'GPT', dialects: ['chat', 'responses'], tiers: ['Public'] },
  { id: 'b', identifier: 'sandbox-gpt', displayName: 'Sandbox', dialects: ['chat'], tiers: ['Public', 'Internal'] },
  { id: 'c', identifier: 'claude', displayName: 'Claude', dialects: ['messages'], tiers: ['Restricted'] },
]
const none = { modelIds: [], requestsPerMinute: null, dailyLimit: null, ipAllowList: [] }
const factOf = (facts: { term: string; value: string }[], term: string) => facts.find(fact => fact.term === term)?.value

describe('what a key may do', () => {
  test('names the status with which calls beyond a limit are refused', () => {
    const facts = keyFacts(
      { modelIds: ['a'], requestsPerMinute: 60, dailyLimit: 20_000_000_000n, ipAllowList: ['10.0.0.0/8'] },
      models,
    )
    expect(factOf(facts, 'Spend')).toBe('Up to USD 20.00 a day (UTC), then refused with 402')
    expect(factOf(facts, 'Rate')).toBe('Up to 60 requests a minute, then refused with 429')
    expect(factOf(facts, 'From')).toContain('refused with 403')
    expect(factOf(facts, 'Models')).toBe('gpt. Others are refused with 403.')
  })

  test('a limit of nothing is told apart from no limit', () => {
    expect(factOf(keyFacts({ ...none, dailyLimit: 0n }, models), 'Spend')).toContain('USD 0.00 a day')
    expect(factOf(keyFacts(none, models), 'Spend')).toBe('No limit of its own')
  })

  test('the classes of data are those of the chosen models only', () => {
    expect(factOf(keyFacts({ ...none, modelIds: ['b'] }, models), 'Data')).toContain('Public and Internal')
    expect(factOf(keyFacts(none, models), 'Data')).toContain('Restricted')
  })

  test('a model that left the catalog is counted', () => {
    expect(factOf(keyFacts({ ...none, modelIds: ['a', 'gone'] }, models), 'Models')).toContain('1 no longer callable')
  })
})

test('code is written for a model of its wire that the key may call, one that answers without a credential first', () => {
  expect(modelsByWire(none, models)).toEqual({ chat: 'sandbox-gpt', responses: 'gpt', messages: 'claude' })
  expect(modelsByWire({ modelIds: ['a'] }, models)).toEqual({ chat: 'gpt', responses: 'gpt' })
})
