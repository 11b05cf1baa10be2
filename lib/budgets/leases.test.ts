import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leaseSlice } from '#core/budgets/lease.ts'
import { newId } from '#core/ids.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'

const START = '2026-11-01T00:00:00.000Z'
const END = '2026-12-01T00:00:00.000Z'
const TTL = '60 seconds'

interface Lease {
  granted: bigint
  spent: bigint
  leased: bigint
  stop: bigint | null
  wanted: boolean
}

let org: TestOrganization
let pool: pg.Pool
beforeAll(async () => {
  org = await makeOrganization()
  pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, options: '-c role=gatehouse_gateway', max: 12 })
})
afterAll(() => pool.end())

async function makeBudget(stop: bigint | null, more: object = {}): Promise<string> {
  const id = newId()
  const window = { kind: 'month', timeZone: 'UTC' }
  const thresholds = stop === null ? [] : [{ atNanoUsd: stop.toString(), percent: 100, action: 'stop' }]
  const facts = {
    name: 'Budget',
    scope: 'workload',
    target: id,
    window,
    thresholds,
    stopNanoUsd: stop,
    limitNanoUsd: stop ?? 0n,
  }
  await databases().system.budget.create({ data: { id, organizationId: org.id, ...facts, ...more } })
  return id
}

interface Ask {
  claim?: bigint
  need?: bigint
  want?: bigint
  ttl?: string
}

async function take(budget: string, replica: string, ask: Ask = {}): Promise<Lease | null> {
  const { claim = 0n, need = 0n, want = 0n, ttl = TTL } = ask
  const { rows } = await pool.query('select * from take_budget_lease($1, $2, $3, $4, $5, $6, $7, $8)', [
    budget,
    START,
    END,
    replica,
    claim,
    need,
    want,
    ttl,
  ])
  const [row] = rows
  if (!row) return null
  const amount = (text: string | null) => (text === null ? null : BigInt(text))
  return {
    granted: BigInt(row.granted ?? 0),
    spent: BigInt(row.spent),
    leased: BigInt(row.leased),
    stop: amount(row.stop_amount),
    wanted: row.wanted,
  }
}

function spend(budget: string, replica: string, cost: bigint): Promise<number> {
  const event = makeRequestEvent(org.id, { replicaId: replica, costNanoUsd: cost.toString() })
  return recordRequestEvents([{ ...event, budgets: [{ id: budget, periodStart: START }] }])
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

const amounts = fc.bigInt({ min: 0n, max: 10n ** 15n })

test('the database slices as the rules do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: -1000n, max: 10n ** 15n }), amounts, amounts, async (free, need, want) => {
      const { rows } = await databases().system.$queryRaw<{ slice: bigint }[]>`
        select budget_slice(${free}::bigint, ${need}::bigint, ${want}::bigint) as slice`.then(found => ({
        rows: found,
      }))
      expect(rows[0]?.slice).toBe(leaseSlice(free, need, want))
    }),
    { numRuns: 60 },
  )
})

test('whatever replicas take, spend and give back, spent and leased stay within the limit and add up', async () => {
  const small = fc.bigInt({ min: 0n, max: 400n })
  const steps = fc.array(
    fc.record({
      replica: fc.nat({ max: 2 }),
      do: fc.constantFrom('take', 'spend', 'lose', 'return', 'crash'),
      need: small,
      want: small,
    }),
    { maxLength: 30 },
  )
  await fc.assert(
    fc.asyncProperty(steps, async all => {
      const limit = 1_000n
      const budget = await makeBudget(limit)
      const replicas = [newId(), newId(), newId()].map(id => ({ id, held: 0n }))
      let spent = 0n
      for (const { replica: index, do: what, need, want } of all) {
        const replica = replicas[index] as (typeof replicas)[number]
        if (what === 'spend') {
          const cost = lesser(need, replica.held)
          await spend(budget, replica.id, cost)
          replica.held -= cost
          spent += cost
        } else if (what === 'return') {
          replica.held /= 2n
        } else if (what === 'crash') {
          await pool.query('select return_budget_leases($1)', [replica.id])
          replica.held = 0n
        } else {
          const lease = await take(budget, replica.id, { claim: replica.held, need, want })
          if (!lease) throw new Error('the budget is there')
          expect(lease.spent).toBe(spent)
          expect(lease.spent + lease.leased).toBeLessThanOrEqual(limit)
          expect(lease.granted === 0n || lease.granted >= need).toBe(true)
          // An answer that is lost is given back by the next claim.
          if (what === 'take') replica.held += lease.granted
        }
      }
      for (const replica of replicas) await take(budget, replica.id, { claim: replica.held })
      const held = replicas.reduce((sum, replica) => sum + replica.held, 0n)
      const last = await take(budget, newId())
      expect(last).toMatchObject({ spent, leased: held })
    }),
    { numRuns: 15 },
  )
}, 60_000)

test('replicas that take at the same time never get more than there is', async () => {
  const budget = await makeBudget(1_000n)
  const leases = await Promise.all(Array.from({ length: 40 }, () => take(budget, newId(), { need: 60n })))
  const granted = leases.map(lease => lease?.granted ?? 0n)
  expect(granted.filter(amount => amount === 60n)).toHaveLength(16)
  expect(granted.filter(amount => amount === 0n)).toHaveLength(24)
  expect(await take(budget, newId())).toMatchObject({ leased: 960n, wanted: true })
})

test('a lease that ran out is free again, and what it had spent stays spent', async () => {
  const budget = await makeBudget(1_000n)
  const crashed = newId()
  expect((await take(budget, crashed, { need: 1_000n, ttl: '1 milliseconds' }))?.granted).toBe(1_000n)
  await spend(budget, crashed, 300n)
  const other = await take(budget, newId(), { need: 700n, ttl: '1 milliseconds' })
  expect(other).toMatchObject({ granted: 700n, spent: 300n })
  // Its last event arrives late: it is counted, whatever became of the slice.
  await spend(budget, crashed, 10n)
  expect(await take(budget, newId())).toMatchObject({ spent: 310n })
})

test('an event that is recorded twice is charged once', async () => {
  const budget = await makeBudget(1_000n)
  const replica = newId()
  await take(budget, replica, { need: 500n })
  const event = makeRequestEvent(org.id, { replicaId: replica, costNanoUsd: '100' })
  event.budgets = [{ id: budget, periodStart: START }]
  expect([await recordRequestEvents([event]), await recordRequestEvents([event])]).toEqual([1, 0])
  expect(await take(budget, replica, { claim: 400n })).toMatchObject({ spent: 100n, leased: 400n })
})

test('a new period begins with what its scope has spent, and an archived budget gives nothing', async () => {
  const teamId = newId()
  const event = (change: object) => makeRequestEvent(org.id, { occurredAt: '2026-11-10T10:00:00.000Z', ...change })
  await recordRequestEvents([
    event({ teamId, costNanoUsd: '70' }),
    event({ costNanoUsd: '5' }),
    event({ teamId, costNanoUsd: '9', occurredAt: '2026-10-31T23:00:00.000Z' }),
  ])
  const budget = await makeBudget(1_000n, { scope: 'team', target: teamId })
  expect(await take(budget, newId())).toMatchObject({ spent: 70n })
  await databases().system.budget.update({ where: { id: budget }, data: { archivedAt: new Date() } })
  expect(await take(budget, newId())).toBeNull()
})

test('reaching a threshold tells finance and the leads once', async () => {
  const [lead, member] = [await org.person(['team_lead'], { lead: true }), await org.person(['developer'])]
  const finance = await org.person(['finance'])
  const thresholds = [{ atNanoUsd: '100', percent: 10, action: 'warn' }]
  const budget = await makeBudget(null, { thresholds, teamId: org.teamId })
  const replica = newId()
  expect(await take(budget, replica, { need: 5n })).toMatchObject({ granted: 0n, stop: null })
  for (const cost of [99n, 1n, 1n]) await spend(budget, replica, cost)
  const notices = await databases().system.notice.findMany({ where: { href: `/finance/budgets/${budget}` } })
  const told = notices.map(notice => notice.personId)
  expect(told).toEqual(expect.arrayContaining([lead.actor.id, finance.actor.id, org.admin.actor.id]))
  expect(told).not.toContain(member.actor.id)
  expect(new Set(told).size).toBe(told.length)
})
