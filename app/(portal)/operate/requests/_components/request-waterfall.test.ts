import { expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { waterfallOf } from './request-waterfall.tsx'

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
  expect(waterfallOf({ stages, attempts: [], errorCode: 'model_not_found' })[0]).toMatchObject({
    text: 'Ended here: model_not_found',
    stopped: true,
  })
})
