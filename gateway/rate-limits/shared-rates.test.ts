import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import type { RateLimitMeasure, RateWindow } from '#core/rate-limits/rate-limit.ts'
import { openLog } from '#gateway/log.ts'
import { Redis } from '#gateway/redis.ts'
import { until } from '#test/gateway.ts'
import { startRedis, type TestRedis } from '#test/redis.ts'
import { isBlock, RateBook, type RateHold } from './rate-book.ts'
import { RateClock } from './rate-clock.ts'
import { SharedRates } from './shared-rates.ts'

const log = openLog('fatal', 'test')

/** What a replica counts with: its own connection, clock and book. */
class Replica {
  readonly redis: Redis
  readonly clock = new RateClock()
  readonly shared: SharedRates
  readonly book: RateBook

  constructor(url: string) {
    this.redis = new Redis(url, log)
    this.shared = new SharedRates(this.redis, newId(), this.clock)
    this.book = new RateBook(this.clock, this.shared)
    this.redis.start()
    this.book.start()
  }

  /** Asks for an amount of a limit; the hold when it is admitted. */
  async ask(limit: Limit, amount = 1): Promise<RateHold | null> {
    const { key, window, most, measure } = limit
    const counter = this.book.counter('rate_limit', key, window)
    const source = { rule: 'rate_limit', countedFor: key, name: key, window }
    const answer = await this.book.admit([{ counter, measure, limit: most, amount, modelId: null, source }])
    return isBlock(answer) ? null : answer
  }

  async stop(): Promise<void> {
    await this.book.stop()
    this.redis.stop()
  }
}

interface Limit {
  key: string
  window: RateWindow | null
  measure: RateLimitMeasure
  most: number
}

const requests = (most: number): Limit => ({ key: newId(), window: 'day', measure: 'requests', most })

let server: TestRedis
let replicas: [Replica, Replica, Replica]
beforeAll(async () => {
  server = await startRedis()
  replicas = [new Replica(server.url), new Replica(server.url), new Replica(server.url)]
  await allTogether()
})
afterAll(async () => {
  await Promise.all(replicas.map(replica => replica.stop()))
  await server.stop()
})

function allTogether(): Promise<boolean> {
  return until('the replicas know each other', () => replicas.every(({ shared }) => shared.replicas === 3))
}

/** What three replicas may admit at most: the limit, and what each may add before it hears of the others. */
const boundOf = (most: number) => most + 3 * Math.max(most / 12, 1)

test('together they admit the limit, and never more than a quarter or one request each above it', async () => {
  const step = fc.record({ replica: fc.nat({ max: 2 }), burst: fc.integer({ min: 1, max: 60 }), pause: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 150 }),
      fc.array(step, { minLength: 1, maxLength: 12 }),
      async (most, steps) => {
        const limit = requests(most)
        const asked: Promise<RateHold | null>[] = []
        for (const { replica, burst, pause } of steps) {
          for (let i = 0; i < burst; i++) asked.push((replicas[replica] as Replica).ask(limit))
          if (pause) await new Promise(resolve => setTimeout(resolve, burst))
        }
        let admitted = (await Promise.all(asked)).filter(Boolean).length
        // One that could not hear of the others in time is refused, but the room it asked for is still there.
        await until('all the room is given', async () => {
          if (admitted < Math.min(most, asked.length) && (await (replicas[0] as Replica).ask(limit))) admitted++
          return admitted >= Math.min(most, asked.length)
        })
        expect(admitted).toBeLessThanOrEqual(boundOf(most))
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)

test('tokens that were reserved and not used are free for the others', async () => {
  const limit: Limit = { key: newId(), window: 'day', measure: 'tokens', most: 1_000 }
  for (let i = 0; i < 10; i++) {
    const replica = replicas[i % 3] as Replica
    const hold = await replica.ask(limit, 600)
    expect(hold).not.toBeNull()
    if (hold) replica.book.settle(hold, { tokens: 10, served: null, attempted: [] })
  }
  expect(await replicas[0].ask(limit, 950)).toBeNull()
})

test('slots are taken for all, and those of a replica that is gone are free again', async () => {
  const limit: Limit = { key: newId(), window: null, measure: 'concurrency', most: 6 }
  const doomed = new Replica(server.url)
  await until('there are four', () => replicas[0].shared.replicas === 4)
  for (let i = 0; i < 4; i++) expect(await doomed.ask(limit)).not.toBeNull()
  let taken = 4
  for (let i = 0; i < 6; i++) if (await replicas[0].ask(limit)) taken++
  expect(taken).toBeGreaterThanOrEqual(6)
  expect(taken).toBeLessThanOrEqual(6 + 4)
  await until('the others know', async () => (await replicas[1].ask(limit)) === null)
  // As a killed process: nothing more is heard of it.
  doomed.redis.stop()
  await until('its slots are free', async () => (await replicas[1].ask(limit)) !== null)
  await allTogether()
  await doomed.book.stop()
})

test('a replica that starts again goes on from what was counted', async () => {
  const limit = requests(20)
  const first = new Replica(server.url)
  await until('it has joined', () => first.shared.replicas !== null)
  for (let i = 0; i < 20; i++) expect(await first.ask(limit)).not.toBeNull()
  await first.stop()
  const second = new Replica(server.url)
  await until('it has joined', () => second.shared.replicas !== null)
  const again = await Promise.all(Array.from({ length: 20 }, () => second.ask(limit)))
  expect(again.filter(Boolean).length).toBeLessThanOrEqual(1)
  await second.stop()
  await allTogether()
})

test('without Redis each goes on alone, and what was counted is told again when it is back, empty', async () => {
  const limit = requests(30)
  for (let i = 0; i < 10; i++) expect(await replicas[0].ask(limit)).not.toBeNull()
  await server.kill()
  await until('they notice', () => replicas.every(({ shared }) => shared.replicas === null))
  for (let i = 0; i < 10; i++) expect(await replicas[1].ask(limit)).not.toBeNull()
  await server.start()
  await allTogether()
  let admitted = 20
  for (let i = 0; i < 60; i++) if (await replicas[2].ask(limit)) admitted++
  expect(admitted).toBeGreaterThanOrEqual(30)
  expect(admitted).toBeLessThanOrEqual(boundOf(30))
}, 30_000)

test('a replica whose clock is hours off counts in the same time as the others', async () => {
  const off = new Replica(server.url)
  await until('it has joined', () => off.shared.replicas !== null)
  const limit: Limit = { ...requests(12), window: 'minute' }
  for (let i = 0; i < 6; i++) expect(await replicas[0].ask(limit)).not.toBeNull()
  // The wall clock of the process jumps; the next word of Redis's time sets it right, and counts move with it.
  off.clock.follow(Date.now() + 7_200_000, performance.now())
  let admitted = 6
  for (let i = 0; i < 20; i++) if (await off.ask(limit)) admitted++
  await until('the clocks agree', () => Math.abs(off.book.now() - replicas[0].book.now()) < 200)
  for (let i = 0; i < 20; i++) if (await replicas[1].ask(limit)) admitted++
  expect(admitted).toBeLessThanOrEqual(12 + 12)
  expect(await off.ask(limit)).toBeNull()
  await off.stop()
})
