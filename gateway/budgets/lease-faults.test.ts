import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseUsd } from '#core/money.ts'
import { databases } from '#lib/platform/database.ts'
import { type BudgetSuite, MOST, recordedCost, spentOf, startBudgetSuite, TTL_MS } from '#test/budget-suite.ts'
import { startGateway, until } from '#test/gateway.ts'
import { startTcpProxy } from '#test/tcp-proxy.ts'

let suite: BudgetSuite
beforeAll(async () => {
  suite = await startBudgetSuite(1)
})
afterAll(() => suite?.stop())

test('the slice of a killed replica is free again within the life of its lease', async () => {
  const budget = await suite.makeBudget('0.002')
  const doomed = await startGateway({ env: suite.env })
  await until('the doomed gateway knows the budget', async () => {
    const answer = await suite.ask(budget, { gateway: doomed })
    await answer.text()
    return (await spentOf(budget)).spent > 0n
  })
  const stall = suite
    .ask(budget, { gateway: doomed, stream: true, headers: { 'x-sandbox-fault': 'stall=1' } })
    .catch(() => null)
  await until('the doomed gateway holds a lease', async () => (await spentOf(budget)).leased > 0n)
  const held = await databases().system.budgetLease.findFirstOrThrow({ where: { budgetId: budget.id } })
  await doomed.kill()
  await stall
  const began = Date.now()
  // Another replica that uses the budget takes back what ran out; what is left can be spent to its end.
  const refused = await until(
    'the rest of the budget is spent',
    async () => {
      const answer = await suite.ask(budget)
      await answer.text()
      const { replicaId } = held
      const kept = await databases().system.budgetLease.count({ where: { budgetId: budget.id, replicaId } })
      return answer.status === 402 && kept === 0
    },
    TTL_MS * 5,
  )
  expect(refused).toBe(true)
  process.stderr.write(`${held.leftNanoUsd} nano-USD of a killed replica: spent ${Date.now() - began} ms later\n`)
  const limit = parseUsd('0.002') ?? 0n
  const { spent, leased } = await spentOf(budget)
  expect(spent + leased).toBeLessThanOrEqual(limit)
  expect(limit - spent).toBeLessThan(MOST)
}, 60_000)

test('a drained gateway gives its leases back', async () => {
  const budget = await suite.makeBudget('1')
  const gateway = await startGateway({ env: suite.env })
  await (await suite.ask(budget, { gateway })).text()
  await until('it holds a lease', async () => (await spentOf(budget)).leased > 0n)
  expect(await gateway.stop()).toBe(0)
  expect(await databases().system.budgetLease.count({ where: { budgetId: budget.id } })).toBe(0)
  expect(await spentOf(budget)).toEqual({ spent: await recordedCost(budget), leased: 0n })
})

test('without Postgres requests go on within the lease held, and a budget never asked for refuses with 503', async () => {
  const [budget, other] = [await suite.makeBudget('1'), await suite.makeBudget('1')]
  const proxy = await startTcpProxy(process.env.DATABASE_URL ?? '')
  const gateway = await startGateway({ env: { ...suite.env, DATABASE_URL: proxy.url } })
  await (await suite.ask(budget, { gateway })).text()
  await until('a lease is held ahead of need', async () => (await spentOf(budget)).leased > MOST * 4n)
  proxy.cut()
  for (let count = 0; count < 4; count++) {
    const answer = await suite.ask(budget, { gateway })
    await answer.text()
    expect(answer.status).toBe(200)
  }
  const unknown = await suite.ask(other, { gateway })
  expect(unknown.status).toBe(503)
  expect(JSON.parse(await unknown.text()).error.code).toBe('budget_unavailable')
  proxy.restore()
  await until('all five are charged', async () => {
    const where = { workload: budget.target, status: 200 }
    const count = await databases().system.requestEvent.count({ where })
    return count === 5 && (await spentOf(budget)).spent === (await recordedCost(budget))
  })
  await gateway.stop()
  await proxy.close()
})
