import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
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

test('without Postgres it goes on within what is held, also after a restart, and never beyond', async () => {
  const proxy = await startTcpProxy(process.env.DATABASE_URL ?? '')
  const away = { ...env, GATEWAY_NAME: 'spender', DATABASE_URL: proxy.url, GATEWAY_BUDGET_WAIT_MS: '300' }
  let gateway = await startGateway({ env: away })
  onTestFinished(() => gateway.kill())
  const { id, key } = await suite.issue({ dailyLimitUsd: '0.1' })
  const unasked = await suite.issue({ dailyLimitUsd: '0.1' })
  await inForce([gateway])
  expect((await call(gateway, key)).status).toBe(200)
  const note = path.join(process.env.GATEHOUSE_HOME ?? '', 'gateway', 'spender', 'leases.json')
  await until('the lease is noted', async () => {
    const text = await readFile(note, 'utf8').catch(() => '{"leases":[]}')
    const { leases } = JSON.parse(text) as { leases: { budgetId: string; held: string }[] }
    return leases.some(lease => lease.budgetId === id && BigInt(lease.held) > MOST * 4n)
  })
  proxy.cut()
  // A lease grows with demand, so what is held is what is held now that it can grow no more.
  const lease = await databases().system.budgetLease.findFirstOrThrow({ where: { budgetId: id } })
  let spent = (await call(gateway, key)).cost
  expect(spent).toBeGreaterThan(0n)
  const spend = async () => {
    const answer = await call(gateway, key)
    spent += answer.cost
    return answer
  }
  // Killed, then ended in order: either way the next process knows what is left.
  await gateway.kill()
  gateway = await startGateway({ env: away })
  expect((await spend()).status).toBe(200)
  await gateway.stop()
  gateway = await startGateway({ env: away })
  const last = await until(
    'what was held is used up',
    async () => {
      const answer = await spend()
      return answer.status !== 200 && answer
    },
    60_000,
  )
  expect(last.status).toBe(503)
  expect(JSON.parse(last.text).error).toMatchObject({ code: 'budget_unavailable' })
  expect(spent).toBeLessThanOrEqual(lease.leftNanoUsd)
  // Of a key that was never asked for nothing is known, so it does not guess.
  expect((await call(gateway, unasked.key)).status).toBe(503)
  proxy.restore()
  await until('Postgres can be asked again', async () => (await call(gateway, key)).status === 200)
  await until('all of it is charged', async () => {
    const where = { keyId: id }
    const { _sum } = await databases().system.requestEvent.aggregate({ where, _sum: { costNanoUsd: true } })
    const period = await databases().system.budgetPeriod.findFirst({ where: { budgetId: id } })
    return period && _sum.costNanoUsd && _sum.costNanoUsd >= spent && period.spentNanoUsd === _sum.costNanoUsd
  })
  expect(await gateway.stop()).toBe(0)
  await expect(readFile(note, 'utf8')).rejects.toThrow(/ENOENT/)
  await proxy.close()
}, 120_000)
