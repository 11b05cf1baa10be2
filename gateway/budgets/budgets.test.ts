import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { parseUsd } from '#core/money.ts'
import { archiveBudget } from '#lib/budgets/archive-budget.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import type { BudgetDto } from '#lib/budgets/schema.ts'
import { updateBudget } from '#lib/budgets/update-budget.ts'
import { databases } from '#lib/platform/database.ts'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'
import { startTcpProxy } from '#test/tcp-proxy.ts'

const TTL_MS = 2_000
const env = { GATEWAY_BUDGET_LEASE_TTL_MS: String(TTL_MS) }
const MAX_TOKENS = 48
/** More than a request of this suite can cost, in nano-US-dollars. */
const MOST = BigInt(MAX_TOKENS) * 10_000n + 200n * 2_500n

let suite: GovernedSuite
let gateways: TestGateway[]
beforeAll(async () => {
  suite = await startGovernedSuite(env)
  gateways = [suite.gateway, await startGateway({ env }), await startGateway({ env })]
})
afterAll(async () => {
  await Promise.all(gateways.slice(1).map(gateway => gateway.stop()))
  await suite.stop()
})

/** A budget of a workload of its own, in force on every gateway. */
async function makeBudget(limitUsd: string, more: object = {}): Promise<BudgetDto> {
  const input = { name: `Budget ${newId()}`, scope: 'workload', target: newId(), window: { kind: 'month' }, limitUsd }
  const budget = await createBudget({ ctx: suite.org.admin, input: { ...input, ...more } })
  await inForce(gateways)
  return budget
}

interface Ask {
  gateway?: TestGateway
  stream?: boolean
  headers?: Record<string, string>
}

function ask(budget: BudgetDto, { gateway = suite.gateway, stream = false, headers = {} }: Ask = {}) {
  const body = {
    model: 'sandbox-gpt',
    stream,
    max_tokens: MAX_TOKENS,
    messages: [{ role: 'user', content: 'Say hello' }],
  }
  const workload = { 'x-gatehouse-workload': budget.target ?? '' }
  return postJson(`${gateway.url}/v1/chat/completions`, suite.key, body, { ...workload, ...headers })
}

async function spentOf(budget: BudgetDto) {
  const period = await databases().system.budgetPeriod.findFirst({ where: { budgetId: budget.id } })
  return { spent: period?.spentNanoUsd ?? 0n, leased: period?.leasedNanoUsd ?? 0n }
}

async function recordedCost(budget: BudgetDto): Promise<bigint> {
  const where = { organizationId: suite.org.id, workload: budget.target }
  const { _sum } = await databases().system.requestEvent.aggregate({ where, _sum: { costNanoUsd: true } })
  return _sum.costNanoUsd ?? 0n
}

/** As SDKs do: a 429 is tried again after the time it names. */
async function askUntilDecided(budget: BudgetDto, gateway: TestGateway): Promise<{ status: number; text: string }> {
  for (;;) {
    const answer = await ask(budget, { gateway, stream: true })
    const text = await answer.text()
    if (answer.status !== 429) return { status: answer.status, text }
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

test('200 concurrent streams on three replicas spend a small budget to its end, and never past it', async () => {
  const probe = await makeBudget('1')
  const cost = parseUsd((await ask(probe)).headers.get('x-gatehouse-cost-usd') ?? '') ?? 0n
  expect(cost).toBeGreaterThan(0n)
  const limit = cost * 120n
  const budget = await makeBudget((Number(limit) / 1e9).toFixed(9))
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => askUntilDecided(budget, gateways[index % 3] as TestGateway)),
  )
  const admitted = answers.filter(answer => answer.status === 200)
  const refused = answers.filter(answer => answer.status === 402)
  expect(admitted.length + refused.length).toBe(200)
  expect(refused.length).toBeGreaterThan(0)
  expect(admitted.every(answer => answer.text.endsWith('data: [DONE]\n\n'))).toBe(true)
  await until('every event is charged', async () => {
    const { spent } = await spentOf(budget)
    return spent > 0n && spent === (await recordedCost(budget))
  })
  await until('all events are there', async () => {
    const where = { organizationId: suite.org.id, workload: budget.target, status: 200 }
    return (await databases().system.requestEvent.count({ where })) === admitted.length
  })
  const { spent, leased } = await spentOf(budget)
  process.stderr.write(`admitted ${admitted.length}, refused ${refused.length}, spent ${spent} of ${limit}\n`)
  expect(spent).toBeLessThanOrEqual(limit)
  expect(spent + leased).toBeLessThanOrEqual(limit)
  // A refusal was right: what is left at the end is less than one request may cost.
  expect(limit - spent).toBeLessThan(MOST)
}, 120_000)

test('the slice of a killed replica is free again within the life of its lease', async () => {
  const budget = await makeBudget('0.002')
  const doomed = await startGateway({ env })
  await until('the doomed gateway knows the budget', async () => {
    const answer = await ask(budget, { gateway: doomed })
    await answer.text()
    return (await spentOf(budget)).spent > 0n
  })
  const stall = ask(budget, { gateway: doomed, stream: true, headers: { 'x-sandbox-fault': 'stall=1' } }).catch(
    () => null,
  )
  await until('the doomed gateway holds a lease', async () => (await spentOf(budget)).leased > 0n)
  const held = await databases().system.budgetLease.findFirstOrThrow({ where: { budgetId: budget.id } })
  await doomed.kill()
  await stall
  const began = Date.now()
  // Another replica that uses the budget takes back what ran out; what is left can be spent to its end.
  const refused = await until(
    'the rest of the budget is spent',
    async () => {
      const answer = await ask(budget)
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

test('a spent budget refuses with 402 that says which, until when and who can raise it; raising it helps at once', async () => {
  const budget = await makeBudget('0.001')
  const refusal = await until('the budget is spent', async () => {
    const answer = await ask(budget)
    const text = await answer.text()
    return answer.status === 402 ? { answer, text } : null
  })
  const { error } = JSON.parse(refusal.text)
  expect(error).toMatchObject({ type: 'budget_exceeded', code: 'budget_exceeded' })
  expect(error.gatehouse.rule).toBe(`budget:${budget.id}`)
  expect(error.message).toContain(budget.name)
  expect(error.message).toMatch(/Finance or an administrator to raise it, or wait until \d+ \w+ \d{4}/)
  expect(refusal.answer.headers.get('x-gatehouse-budget-reset')).toBe(budget.period?.end)
  await updateBudget({ ctx: suite.org.admin, input: { id: budget.id, limitUsd: '1', reason: 'more work' } })
  await until('the raised budget admits', async () => {
    const answer = await ask(budget)
    await answer.text()
    return answer.status === 200
  })
  await archiveBudget({ ctx: suite.org.admin, input: { id: budget.id } })
  await inForce(gateways)
  const free = await ask(budget)
  await free.text()
  expect(free.headers.get('x-gatehouse-budget-remaining-usd')).toBeNull()
})

test('evidence names the budgets, the header what is left, and an aborted answer settles what was used', async () => {
  const budget = await makeBudget('1')
  const answer = await ask(budget)
  await answer.text()
  expect(Number(answer.headers.get('x-gatehouse-budget-remaining-usd'))).toBeLessThanOrEqual(1)
  const metrics = await (await fetch(`${suite.gateway.url}/metrics`)).text()
  expect(metrics).toContain(`gatehouse_gateway_budget_remaining_usd{budget="${budget.id}"`)
  const event = await eventOf(answer)
  expect((event.detail as { budgets: object[] }).budgets).toEqual([
    { id: budget.id, periodStart: budget.period?.start },
  ])
  const controller = new AbortController()
  const aborted = await fetch(`${suite.gateway.url}/v1/chat/completions`, {
    method: 'POST',
    signal: controller.signal,
    headers: {
      authorization: `Bearer ${suite.key}`,
      'content-type': 'application/json',
      'x-gatehouse-workload': budget.target ?? '',
      'x-sandbox-fault': 'stall=2',
    },
    body: JSON.stringify({ model: 'sandbox-gpt', stream: true, messages: [{ role: 'user', content: 'Say hello' }] }),
  })
  const id = aborted.headers.get('x-request-id') ?? ''
  controller.abort()
  const left = await eventOf(id)
  expect(left.outcome).toBe('client_aborted')
  await until('both are charged', async () => {
    const { spent } = await spentOf(budget)
    return spent === (event.costNanoUsd ?? 0n) + (left.costNanoUsd ?? 0n)
  })
})

test.each([
  ['warn', 'warn'],
  ['downgrade', 'downgrade-unavailable'],
] as const)('%s lets requests through and says so', async (action, said) => {
  const budget = await makeBudget('1', { thresholds: [{ amountUsd: '0.000000001', action }] })
  await until('the threshold is reached', async () => {
    const answer = await ask(budget)
    await answer.text()
    expect(answer.status).toBe(200)
    return answer.headers.get('x-gatehouse-budget-action') === said
  })
})

test('throttle paces requests with 429 and retry-after', async () => {
  const budget = await makeBudget('0.001', { thresholds: [{ amountUsd: '0.000000001', action: 'throttle' }] })
  const answer = await until('a request is paced', async () => {
    const one = await ask(budget)
    await one.text()
    return one.status === 429 ? one : null
  })
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('a drained gateway gives its leases back', async () => {
  const budget = await makeBudget('1')
  const gateway = await startGateway({ env })
  await (await ask(budget, { gateway })).text()
  await until('it holds a lease', async () => (await spentOf(budget)).leased > 0n)
  expect(await gateway.stop()).toBe(0)
  expect(await databases().system.budgetLease.count({ where: { budgetId: budget.id } })).toBe(0)
  expect(await spentOf(budget)).toEqual({ spent: await recordedCost(budget), leased: 0n })
})

test('without Postgres requests go on within the lease held, and a budget never asked for refuses with 503', async () => {
  const [budget, other] = [await makeBudget('1'), await makeBudget('1')]
  const proxy = await startTcpProxy(process.env.DATABASE_URL ?? '')
  const gateway = await startGateway({ env: { ...env, DATABASE_URL: proxy.url } })
  await (await ask(budget, { gateway })).text()
  await until('a lease is held ahead of need', async () => (await spentOf(budget)).leased > MOST * 4n)
  proxy.cut()
  for (let count = 0; count < 4; count++) {
    const answer = await ask(budget, { gateway })
    await answer.text()
    expect(answer.status).toBe(200)
  }
  const unknown = await ask(other, { gateway })
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
