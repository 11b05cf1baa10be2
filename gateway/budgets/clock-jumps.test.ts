import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { parseUsd } from '#core/money.ts'
import type { BudgetDto } from '#lib/budgets/schema.ts'
import { databases } from '#lib/platform/database.ts'
import { type BudgetSuite, MOST, startBudgetSuite } from '#test/budget-suite.ts'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { type JumpingClock, makeJumpingClock } from '#test/jumping-clock.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const LIMIT_USD = '0.012'
const LIMIT = parseUsd(LIMIT_USD) ?? 0n

let suite: BudgetSuite
let clock: JumpingClock
let jumping: TestGateway
beforeAll(async () => {
  suite = await startBudgetSuite(1)
  clock = makeJumpingClock()
  jumping = await startGateway({ env: { ...suite.env, ...clock.env } })
  suite.gateways.push(jumping)
})
afterEach(() => clock.set(0))
afterAll(async () => {
  await suite?.stop()
  clock?.remove()
})

const daily = () => suite.makeBudget(LIMIT_USD, { window: { kind: 'day', timeZone: 'UTC' } })

async function ask(budget: BudgetDto, options: object = {}): Promise<number> {
  const answer = await suite.ask(budget, { gateway: jumping, ...options })
  await answer.text()
  return answer.status
}

function periodsOf({ id }: BudgetDto) {
  return databases().system.budgetPeriod.findMany({ where: { budgetId: id }, orderBy: { startsAt: 'asc' } })
}

/** What each period was charged by the recorded requests, by its start. */
async function recorded({ target }: BudgetDto): Promise<Map<number, bigint>> {
  const events = await databases().system.requestEvent.findMany({ where: { workload: target } })
  const sums = new Map<number, bigint>()
  for (const { budgetPeriods, costNanoUsd } of events) {
    const start = budgetPeriods[0]?.getTime() ?? Number.NaN
    if (costNanoUsd) sums.set(start, (sums.get(start) ?? 0n) + costNanoUsd)
  }
  return sums
}

/** Spends what is left of the present period; resolves when a call is told that it is spent. */
async function exhaust(budget: BudgetDto): Promise<void> {
  await until('the period is spent', async () => {
    const statuses = await Promise.all(Array.from({ length: 8 }, () => ask(budget)))
    return statuses.includes(402)
  })
}

async function expectWithinLimit(budget: BudgetDto): Promise<void> {
  for (const { spentNanoUsd, leasedNanoUsd } of await periodsOf(budget)) {
    expect(spentNanoUsd + leasedNanoUsd).toBeLessThanOrEqual(LIMIT)
  }
}

test('a clock that goes over the edge of a window and back opens no period twice', async () => {
  const budget = await daily()
  expect(await ask(budget)).toBe(200)
  // Answers in progress hold a part of today while the clock leaves it and comes back.
  const slow = Array.from({ length: 4 }, () => ask(budget, { headers: { 'x-sandbox-fault': 'latency=2500' } }))
  await until('they are in progress', async () => {
    const { body } = await jumping.admin('GET', '/status')
    return (body as { stats: { inFlight: number } }).stats.inFlight >= 4
  })
  for (const off of [DAY_MS, 0, -DAY_MS, 0, DAY_MS]) {
    clock.set(off)
    expect(await ask(budget)).toBe(200)
  }
  clock.set(0)
  await exhaust(budget)
  expect((await Promise.all(slow)).every(status => status === 200)).toBe(true)
  await exhaust(budget)
  await until('everything is charged', async () => {
    const sums = await recorded(budget)
    const periods = await periodsOf(budget)
    return periods.length === 3 && periods.every(one => one.spentNanoUsd === (sums.get(one.startsAt.getTime()) ?? 0n))
  })
  await expectWithinLimit(budget)
  const [, today] = await periodsOf(budget)
  expect(LIMIT - (today?.spentNanoUsd ?? 0n)).toBeLessThan(MOST)
}, 60_000)

test('a clock that is set back keeps no lease from being renewed and no caller waiting', async () => {
  const budget = await suite.makeBudget(LIMIT_USD)
  expect(await ask(budget)).toBe(200)
  clock.set(-HOUR_MS)
  const where = { budgetId: budget.id }
  const lease = () => databases().system.budgetLease.findFirstOrThrow({ where })
  const { expiresAt } = await lease()
  await until('the lease is renewed', async () => (await lease()).expiresAt > new Date(expiresAt.getTime() + 1_000))
  await exhaust(budget)
  await until('what is over is given back', async () =>
    (await periodsOf(budget)).every(one => one.leasedNanoUsd < MOST),
  )
  await expectWithinLimit(budget)
}, 60_000)

test.each([HOUR_MS, -HOUR_MS, 40 * DAY_MS, -40 * DAY_MS])(
  'with calls in progress a jump of %i ms spends nothing twice',
  async off => {
    const budget = await suite.makeBudget(LIMIT_USD)
    for (let round = 0; round < 6; round++) {
      const calls = Array.from({ length: 10 }, (_, at) => ask(budget, at % 2 === 0 ? {} : { gateway: suite.gateway }))
      clock.set(round % 2 === 0 ? off : 0)
      for (const status of await Promise.all(calls)) expect([200, 402, 429]).toContain(status)
    }
    await until('everything is charged', async () => {
      const sums = await recorded(budget)
      const periods = await periodsOf(budget)
      return periods.every(one => one.spentNanoUsd === (sums.get(one.startsAt.getTime()) ?? 0n))
    })
    await expectWithinLimit(budget)
  },
  60_000,
)
