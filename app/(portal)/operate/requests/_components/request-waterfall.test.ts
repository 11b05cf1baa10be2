import { expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { waterfallOf } from './request-waterfall.tsx'
import { cacheText } from './request-words.ts'

const target = { providerId: newId(), modelId: newId(), providerName: 'OpenAI', modelIdentifier: 'gpt' }

test('a stage begins where the one before ended, and attempts lie inside the call', () => {
  const rows = waterfallOf({
    stages: [
      { stage: 'route', ms: 1, outcome: 'ok' },
      { stage: 'call', ms: 100, outcome: 'ok' },
      { stage: 'settle', ms: 2, outcome: 'ok' },
    ],
    attempts: [
      { ...target, status: 503, ms: 30, error: 'overloaded' },
      { ...target, status: 200, ms: 90, error: null },
    ],
    errorCode: null,
    cache: null,
  })
  expect(rows.map(row => row.bar)).toEqual([
    { start: 0, ms: 1 },
    { start: 1, ms: 100 },
    { start: 1, ms: 30 },
    { start: 31, ms: 70 },
    { start: 101, ms: 2 },
  ])
  expect(rows.map(row => row.stopped)).toEqual([false, false, true, false, false])
})

test('the stage that refused names the code', () => {
  const stages = [{ stage: 'resolve' as const, ms: 1, outcome: 'refused' }]
  expect(waterfallOf({ stages, attempts: [], errorCode: 'model_not_found', cache: null })[0]).toMatchObject({
    text: 'Ended here: model_not_found',
    stopped: true,
  })
})

test('a kept answer needed no provider', () => {
  const cache = {
    outcome: 'hit' as const,
    policyId: newId(),
    reason: null,
    source: 'memory' as const,
    ageMs: 60_000,
    savedNanoUsd: '1200000',
    savedTokens: 10,
    savedMs: 900,
  }
  const stages = [
    { stage: 'cache' as const, ms: 1, outcome: 'ok' },
    { stage: 'call' as const, ms: 0, outcome: 'skipped' },
  ]
  const rows = waterfallOf({ stages, attempts: [], errorCode: null, cache })
  expect(rows.map(row => row.text)).toEqual(['A kept answer was used', 'Not needed for a kept answer'])
  expect(cacheText(cache)).toBe('Answered, USD 0.0012 saved; the answer was 1 min old')
  expect(cacheText({ ...cache, outcome: 'skipped', reason: 'tier' })).toBe('Not asked: its tier keeps nothing')
})
