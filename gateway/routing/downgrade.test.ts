import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestEvent } from '#core/contracts/request-event.ts'
import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { databases } from '#lib/platform/database.ts'
import { until, untilVersion } from '#test/gateway.ts'
import { eventOf } from '#test/governed-suite.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

let suite: RoutingSuite
let dear: string
let cheap: string

const price = (perMillion: number) => [
  {
    id: newId(),
    validFrom: new Date(0).toISOString(),
    input: String(perMillion),
    cachedInput: null,
    cacheWrite5m: null,
    cacheWrite1h: null,
    output: String(perMillion),
    reasoning: null,
  },
]

beforeAll(async () => {
  suite = await startRoutingSuite()
  dear = suite.catalog.models['sandbox-gpt'] as string
  cheap = suite.other.catalog.models['sandbox-gpt'] as string
  await suite.changeModel(cheap, { prices: price(1_000_000) })
  await suite.changeModel(dear, { substitutes: [{ modelId: cheap, when: ['budget'] }] })
})
afterAll(() => suite?.stop())

async function budget(scope: string, target: string, limitUsd: string, thresholds: object[]): Promise<void> {
  const window = { kind: 'month' }
  await createBudget({ ctx: suite.org.admin, input: { name: newId(), scope, target, window, limitUsd, thresholds } })
  const { _max } = await databases().system.gatewayConfig.aggregate({ _max: { version: true } })
  await untilVersion(suite.gateway, _max.version ?? 0n)
}

const ask = (workload: string, model = 'sandbox-gpt') =>
  suite.chat(model, { max_tokens: 50 }, { 'x-gatehouse-workload': workload })
const DOWNGRADE = [{ amountUsd: '0.000001', action: 'downgrade' }]

test('past the threshold the cheaper equivalent serves, which header, event and explanation say', async () => {
  const workload = newId()
  await budget('workload', workload, '1', DOWNGRADE)
  const before = await ask(workload)
  expect(before.headers.get('x-gatehouse-model')).toBe('sandbox-gpt')
  expect(before.headers.get('x-gatehouse-budget-action')).toBeNull()
  const after = await until('the threshold is reached', async () => {
    const answer = await ask(workload)
    return answer.headers.get('x-gatehouse-budget-action') !== null && answer
  })
  expect(after.headers.get('x-gatehouse-budget-action')).toBe('downgrade')
  expect(after.headers.get('x-gatehouse-model')).toBe('b-sandbox-gpt')
  const event = await eventOf(after)
  expect(event.modelId).toBe(cheap)
  expect((event.detail as RequestEvent['detail']).route).toMatchObject({ origin: 'budget', failedOverFrom: null })
  const explained = await suite.explain({ model: 'sandbox-gpt', budgetPressure: true, workload })
  expect(explained.winnerId).toBe(cheap)
  expect(explained.candidates.map(one => one.origin)).toEqual(['budget', 'requested'])
  expect((await suite.explain({ model: 'sandbox-gpt', workload })).winnerId).toBe(dear)
})

test('when the cheaper one fails, the requested one serves, and the header does not claim otherwise', async () => {
  const workload = newId()
  await budget('workload', workload, '1', DOWNGRADE)
  await (await ask(workload)).text()
  await suite.fault(suite.other.sandbox, 'status=500')
  const answer = await until('the threshold is reached', async () => {
    const one = await ask(workload)
    return one.headers.get('x-gatehouse-budget-action') !== null && one
  })
  expect(answer.headers.get('x-gatehouse-model')).toBe('sandbox-gpt')
  expect(answer.headers.get('x-gatehouse-budget-action')).toBe('downgrade-unavailable')
  await suite.healFaults()
})

test('a model without a cheaper equivalent goes on, and says that there is none', async () => {
  const workload = newId()
  await budget('workload', workload, '1', DOWNGRADE)
  const answer = await until('the threshold is reached', async () => {
    const one = await ask(workload, 'sandbox-reasoner')
    return one.headers.get('x-gatehouse-budget-action') !== null && one
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('x-gatehouse-budget-action')).toBe('downgrade-unavailable')
})

test('where a budget has no room for the dearer candidate the cheaper one still serves, and only its budget is charged', async () => {
  const workload = newId()
  const id = await suite.route({ modelIds: [dear, cheap], scope: 'workload', target: workload })
  await budget('model', dear, '0.0000001', [{ percent: 100, action: 'stop' }])
  const answer = await until('the budget of the model is known', async () => {
    const one = await ask(workload)
    return one.headers.get('x-gatehouse-model') === 'b-sandbox-gpt' && one
  })
  expect(answer.status).toBe(200)
  expect((await eventOf(answer)).budgetIds).toEqual([])
  // By itself it is refused, before anything is called.
  const alone = await ask(newId())
  expect(alone.status).toBe(402)
  await suite.withdraw('route', id)
})
