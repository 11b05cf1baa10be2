import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { connectionOptions } from '#gateway/config/postgres.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { databases } from '#lib/platform/database.ts'
import { until } from '#test/gateway.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { startTcpProxy, type TcpProxy } from '#test/tcp-proxy.ts'
import { type BudgetEntry, budgetEntry } from '../config/entries.ts'
import { openLog } from '../log.ts'
import { BudgetBook } from './budget-book.ts'
import { LeaseStore } from './lease-store.ts'

const AMOUNT = 1_000n
const START = '2026-01-01T00:00:00.000Z'
const END = '2036-01-01T00:00:00.000Z'
const log = openLog('fatal', 'test')

let org: TestOrganization
let proxy: TcpProxy
/** Locks a period, and looks on: a transaction that looks sees one moment for ever. */
let locker: pg.Client
let watcher: pg.Client
beforeAll(async () => {
  org = await makeOrganization()
  proxy = await startTcpProxy(process.env.DATABASE_URL ?? '')
  locker = new pg.Client({ connectionString: process.env.DATABASE_URL })
  watcher = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await Promise.all([locker.connect(), watcher.connect()])
})
afterAll(async () => {
  await Promise.all([locker.end(), watcher.end()])
  await proxy.close()
})

let pool: pg.Pool
let entry: BudgetEntry
let book: BudgetBook
beforeEach(async () => {
  pool = new pg.Pool({ ...connectionOptions(proxy.url), max: 4 })
  pool.on('error', () => {})
  book = new BudgetBook(new LeaseStore(pool, newId(), 60_000), 60_000, log)
  const window = { kind: 'fixed', timeZone: 'UTC', start: START, end: END } as const
  const of = { scope: 'workload', target: newId() } as const
  const { id } = await createBudget({ ctx: org.admin, input: { name: `B ${newId()}`, ...of, window, limitUsd: '1' } })
  const thresholds = [{ atNanoUsd: 1_000_000_000n, action: 'stop' as const }]
  entry = budgetEntry(id, org.id, { name: 'B', ...of, window, limitNanoUsd: 1_000_000_000n, thresholds })
})
afterEach(() => pool.end())

/** Reserves of the budget what one request takes; null: it has it. */
function askFor(amount: bigint) {
  const ledger = book.ledgerOf(entry, Date.now())
  return book.waitFor({ ledgers: ledger ? [ledger] : [], amount })
}

function leases(): Promise<number> {
  return databases().system.budgetLease.count({ where: { budgetId: entry.id } })
}

/** How many statements that name a function wait in Postgres for a lock. */
async function waiting(name: string): Promise<number> {
  const { rows } = await watcher.query(
    `select 1 from pg_stat_activity where query like $1 and wait_event_type = 'Lock'`,
    [`%${name}(%`],
  )
  return rows.length
}

/** An ask that waits in Postgres when its connection breaks; returns what lets it go on there. */
async function breakAsk(): Promise<() => Promise<unknown>> {
  await databases().system.budgetPeriod.create({
    data: { budgetId: entry.id, organizationId: org.id, startsAt: START, endsAt: END, stopNanoUsd: 1_000_000_000n },
  })
  await locker.query('begin')
  await locker.query('select 1 from budget_periods where budget_id = $1 for update', [entry.id])
  const asked = askFor(AMOUNT)
  await until('the ask waits for the period', async () => (await waiting('take_budget_lease')) === 1)
  proxy.cut()
  expect(await asked).toMatchObject({ why: 'away' })
  proxy.restore()
  return () => locker.query('commit')
}

test('what is asked for when a connection breaks is given back, though Postgres grants it later', async () => {
  const goOn = await breakAsk()
  let ended = false
  const stopped = book.stop(true).finally(() => {
    ended = true
  })
  await until('it gives back, or waits to', async () => ended || (await waiting('return_budget_leases')) === 1)
  await goOn()
  await stopped
  await until('nothing of it runs any more', async () => (await waiting('take_budget_lease')) === 0)
  expect(await leases()).toBe(0)
})

test('what Postgres granted unheard is given back when its budget is no more in use, too', async () => {
  const goOn = await breakAsk()
  await goOn()
  await until('the lease is granted', async () => (await leases()) === 1)
  // Its period is taken for over, and the next ask lets go of it.
  expect(book.ledgerOf(entry, Date.parse(END))).toBeNull()
  expect(await book.waitFor({ ledgers: [], amount: AMOUNT })).toBeNull()
  expect([...book.ledgers()]).toEqual([])
  await book.stop(true)
  expect(await leases()).toBe(0)
})

test('leases are given back though Postgres is away for a moment', async () => {
  expect(await askFor(AMOUNT)).toBeNull()
  expect(await leases()).toBe(1)
  proxy.cut()
  const before = proxy.refused
  const stopped = book.stop(true)
  await until('it has tried in vain', () => proxy.refused > before)
  proxy.restore()
  await stopped
  expect(await leases()).toBe(0)
})
