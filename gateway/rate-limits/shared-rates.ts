import { randomUUID } from 'node:crypto'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Redis } from '#gateway/redis.ts'
import type { RateClock } from './rate-clock.ts'
import { type RateCounter, SlotCounter, WindowCounter } from './rate-counter.ts'

/** The time between two rounds while nobody waits for one. */
const ROUND_MS = 20
const PRESENCE_MS = 1_000
/** A replica that is silent for so long is gone, and its slots are free. */
const GONE_SECONDS = 5
/** Parts that ended this long ago may still grow: others tell them late. */
const LATE_MS = 1_000
const REPLICAS = 'gatehouse:replicas'
const EPOCH = 'gatehouse:rates:epoch'

/**
 * Shares counts between replicas. In rounds, beside the requests, this replica tells Redis what it added to the part
 * of each window and hears what all replicas have added; slots are told as they are, and expire when they are not
 * told again. Redis may be away, and may lose what it held: it is told again.
 */
export class SharedRates {
  readonly #redis: Redis
  readonly #replicaId: string
  readonly #clock: RateClock
  readonly #limiter: RateLimiterRedis
  readonly #changed = new Set<RateCounter>()
  #counters: () => Iterable<RateCounter> = () => []
  #waiting: (() => void)[] = []
  #others: string[] = []
  #joined = false
  #epoch = ''
  #running: Promise<void> | null = null
  #timer: NodeJS.Timeout | undefined
  #presence: NodeJS.Timeout | undefined
  #lastRound = 0
  #stopped = false

  constructor(redis: Redis, replicaId: string, clock: RateClock) {
    this.#redis = redis
    this.#replicaId = replicaId
    this.#clock = clock
    const options = { storeClient: redis.client, useRedisPackage: true, rejectIfRedisNotReady: true }
    this.#limiter = new RateLimiterRedis({ ...options, keyPrefix: 'gatehouse:rates', points: 1, duration: 1 })
  }

  /** How many replicas count together; null while Redis is away, and this one counts alone. */
  get replicas(): number | null {
    return this.#joined && this.#redis.ready ? this.#others.length + 1 : null
  }

  start(counters: () => Iterable<RateCounter>): void {
    this.#counters = counters
    this.#presence = setInterval(() => this.#keepPresence(), PRESENCE_MS)
    // A new connection may be to a server that has lost everything.
    this.#redis.client.on('ready', () => {
      this.#joined = false
      this.#keepPresence()
    })
    this.#keepPresence()
  }

  /** Tells the last counts and takes this replica from the list. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#presence)
    clearTimeout(this.#timer)
    await this.#running
    if (!this.#redis.ready) return
    await this.#round()
    await this.#redis.client.zRem(REPLICAS, this.#replicaId).catch(() => {})
  }

  /** Has a count told and heard in the next round. */
  tell(counter: RateCounter): void {
    this.#changed.add(counter)
    this.#schedule()
  }

  /** Resolves after the next round, or the time. */
  heard(mostMs: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, Math.max(0, mostMs))
      this.#waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.#schedule()
    })
  }

  #keepPresence(): void {
    for (const counter of this.#counters()) if (counter instanceof SlotCounter && counter.own > 0) this.tell(counter)
    if (!this.#redis.ready) this.#joined = false
    else if (this.#joined) void this.#join().catch(() => {})
    else this.#schedule()
  }

  #schedule(): void {
    if (this.#running || this.#timer || this.#stopped) return
    const pause = this.#waiting.length > 0 ? 0 : Math.max(0, this.#lastRound + ROUND_MS - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#running = this.#round().finally(() => {
        this.#running = null
        if (this.#waiting.length > 0 || (this.#changed.size > 0 && this.#redis.ready)) this.#schedule()
      })
    }, pause)
  }

  /** Tells and hears every changed count once. Never rejects: what was not told waits for the next round. */
  async #round(): Promise<void> {
    this.#lastRound = performance.now()
    const waiting = this.#waiting
    this.#waiting = []
    try {
      if (!this.#redis.ready) this.#joined = false
      else if (!this.#joined) await this.#join()
      if (this.#joined) await Promise.all([...this.#changed].map(counter => this.#exchange(counter)))
    } catch {
      this.#joined = false
    }
    for (const resolve of waiting) resolve()
  }

  /** Says that this replica lives, and learns the time, who else does, and whether Redis still holds what it was told. */
  async #join(): Promise<void> {
    const { client } = this.#redis
    const sentAt = performance.now()
    const [seconds, micros] = await client.sendCommand<[string, string]>(['TIME'])
    const shared = Number(seconds) * 1_000 + Number(micros) / 1_000
    const before = this.#clock.follow(shared, (sentAt + performance.now()) / 2)
    if (before !== null) this.#restart(before)
    const live = { min: shared - GONE_SECONDS * 1_000, max: '+inf' as const }
    const [, , , epoch, ids] = await Promise.all([
      client.zAdd(REPLICAS, { score: shared, value: this.#replicaId }),
      client.zRemRangeByScore(REPLICAS, '-inf', `(${live.min}`),
      client.set(EPOCH, randomUUID(), { condition: 'NX' }),
      client.get(EPOCH),
      client.zRangeByScore(REPLICAS, live.min, live.max),
    ])
    this.#others = ids.filter(id => id !== this.#replicaId)
    if (epoch !== null && epoch !== this.#epoch) {
      this.#epoch = epoch
      for (const counter of this.#counters()) {
        counter.forgetTold()
        this.tell(counter)
      }
    }
    this.#joined = true
  }

  #restart(before: number): void {
    const now = this.#clock.now()
    for (const counter of this.#counters()) if (counter instanceof WindowCounter) counter.restart(before, now)
  }

  async #exchange(counter: RateCounter): Promise<void> {
    this.#changed.delete(counter)
    try {
      if (counter instanceof WindowCounter) await this.#exchangeWindow(counter)
      else if (counter instanceof SlotCounter) await this.#exchangeSlots(counter)
      counter.heardAt = performance.now()
    } catch (error) {
      this.#changed.add(counter)
      throw error
    }
  }

  async #exchangeWindow({ key, own, told, others, heardAt, windowMs }: WindowCounter): Promise<void> {
    const now = this.#clock.now()
    const { first, last } = own.held(now)
    told.sum(now)
    const unheardMs = heardAt === null ? windowMs : performance.now() - heardAt + LATE_MS
    const unheardFrom = own.partAt(now - unheardMs)
    const customDuration = Math.ceil(windowMs / 1_000) + GONE_SECONDS
    const exchanges: Promise<void>[] = []
    for (let part = first; part <= last; part++) {
      const amount = own.amountOf(part)
      const untold = amount - told.amountOf(part)
      if (untold === 0 && part < unheardFrom) continue
      const name = `${key}:${part}`
      const answer = untold === 0 ? this.#limiter.get(name) : this.#limiter.penalty(name, untold, { customDuration })
      exchanges.push(
        answer.then(result => {
          const heardNow = this.#clock.now()
          told.sum(heardNow)
          others.sum(heardNow)
          told.put(part, amount, heardNow)
          others.put(part, Math.max(0, (result?.consumedPoints ?? 0) - amount), heardNow)
        }),
      )
    }
    await Promise.all(exchanges)
  }

  async #exchangeSlots(counter: SlotCounter): Promise<void> {
    const { key, own } = counter
    const changed = own > 0 || counter.told > 0
    const [, ...answers] = await Promise.all([
      changed ? this.#limiter.set(`${key}:${this.#replicaId}`, own, GONE_SECONDS) : null,
      ...this.#others.map(id => this.#limiter.get(`${key}:${id}`)),
    ])
    counter.told = own
    counter.others = answers.reduce((sum, answer) => sum + (answer?.consumedPoints ?? 0), 0)
  }
}
