import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseUsd } from '#core/money.ts'
import { listBudgets } from '#lib/budgets/queries.ts'
import { ListBudgetsQuery } from '#lib/budgets/schema.ts'
import { databases } from '#lib/platform/database.ts'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'
import { startTcpProxy } from '#test/tcp-proxy.ts'

const env = { GATEWAY_BUDGET_LEASE_TTL_MS: '2000' }

let suite: GovernedSuite
let gateways: TestGateway[]
beforeAll(async () => {
  suite = await startGovernedSuite(env)
  gateways = [suite.gateway, await startGateway({ env }), await startGateway({ env })]
})
afterAll(async () => {
  await Promise.all(gateways.slice(1).map(gateway => gateway.stop()))
  await suite?.stop()
})

const body = { model: 'sandbox-gpt', max_tokens: 100, messages: [{ role: 'user', content: 'hi' }] }
const MOST = 100n * 10_000n + 100n * 2_500n

async function call(gateway: TestGateway, key: string, headers: Record<string, string> = {}) {
  const answer = await postJson(`${gateway.url}/v1/chat/completions`, key, body, headers)
  const text = await answer.text()
  const cost = parseUsd(answer.headers.get('x-gatehouse-cost-usd') ?? '') ?? 0n
  return { status: answer.status, text, cost }
}

test('holds over all replicas at once, is spent to its end, and refuses in its own words', async () => {
  const { id, key } = await suite.issue({ name: 'thrifty', dailyLimitUsd: '0.012' })
  await inForce(gateways)
  const decided = async (gateway: TestGateway) => {
    for (;;) {
      const answer = await call(gateway, key)
      if (answer.status !== 429) return answer
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  const answers = await Promise.all(
    Array.from({ length: 90 }, (_, index) => decided(gateways[index % 3] as TestGateway)),
  )
  const spent = answers.reduce((sum, { cost }) => sum + cost, 0n)
  const refused = answers.find(({ status }) => status === 402)
  expect(spent).toBeLessThanOrEqual(12_000_000n)
  expect(12_000_000n - spent).toBeLessThan(MOST)
  expect(JSON.parse(refused?.text ?? '{}').error).toMatchObject({
    code: 'budget_exceeded',
    message: expect.stringMatching(/^The key "thrifty" may spend USD 0.012 a day and has .* midnight UTC/),
    gatehouse: { rule: 'key:daily_limit' },
  })
  await until('what was spent is recorded', async () => {
    const period = await databases().system.budgetPeriod.findFirst({ where: { budgetId: id } })
    return period?.spentNanoUsd === spent
  })
  // It is kept with the key, and no budget that anybody manages.
  expect(await (await fetch(`${suite.gateway.url}/metrics`)).text()).not.toContain(id)
  const { data } = await listBudgets(suite.org.admin, ListBudgetsQuery.parse({ state: 'all' }))
  expect(data).toEqual([])
})

test('a limit of nothing admits nothing', async () => {
  const { key } = await suite.issue({ dailyLimitUsd: '0' })
  await inForce([suite.gateway])
  expect((await call(suite.gateway, key)).status).toBe(402)
})

test('without Postgres it goes on within what is held, and a replica that starts then does not guess', async () => {
  const proxy = await startTcpProxy(process.env.DATABASE_URL ?? '')
  const away = { ...env, GATEWAY_NAME: 'spender', DATABASE_URL: proxy.url, GATEWAY_BUDGET_WAIT_MS: '300' }
  let gateway = await startGateway({ env: away })
  const { id, key } = await suite.issue({ dailyLimitUsd: '1' })
  await inForce([gateway])
  expect((await call(gateway, key)).status).toBe(200)
  await until('a lease is held ahead of need', async () => {
    const lease = await databases().system.budgetLease.findFirst({ where: { budgetId: id } })
    return (lease?.leftNanoUsd ?? 0n) > MOST * 4n
  })
  proxy.cut()
  expect((await call(gateway, key)).status).toBe(200)
  await gateway.kill()
  gateway = await startGateway({ env: away })
  const answer = await call(gateway, key)
  expect(answer.status).toBe(503)
  expect(JSON.parse(answer.text).error).toMatchObject({ code: 'budget_unavailable' })
  proxy.restore()
  await until('Postgres can be asked again', async () => (await call(gateway, key)).status === 200)
  expect(await gateway.stop()).toBe(0)
  await proxy.close()
})
