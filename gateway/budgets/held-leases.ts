import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { arrayElements, readEventRow } from '#core/contracts/event-row.ts'
import { linesOf, READ_BYTES, readLines, type Segment } from '#gateway/events/segments.ts'

const Amount = z.string().regex(/^\d+$/).transform(BigInt)

const HeldLease = z.strictObject({
  budgetId: z.uuid(),
  /** The period, in milliseconds since 1970. */
  start: z.int(),
  end: z.int(),
  /** What is left of the lease and not reserved, in the unit of the budget. */
  held: Amount,
  /** What is known to be spent of the period. */
  spent: Amount,
})
export type HeldLease = z.output<typeof HeldLease>

/** How far the spool was written when leases were noted: what follows there is not in them. */
interface SpoolPlace {
  readonly segment: string
  readonly bytes: number
}

const Copy = z.strictObject({
  place: z.strictObject({ segment: z.string(), bytes: z.int() }),
  leases: z.array(HeldLease),
})

/**
 * What a replica holds of budgets, on its disk, for a start while Postgres is away. Never more than is left: the events
 * that were spooled since are taken from it, and without all of them nothing is known.
 */
export class HeldLeases {
  readonly #file: string
  #written = ''
  #forgotten = false

  constructor(directory: string) {
    this.#file = path.join(directory, 'leases.json')
  }

  /** Notes what is held, unless that is noted. Rejects when the disk refuses. */
  async keep(leases: readonly HeldLease[], segments: readonly Segment[]): Promise<void> {
    const active = segments.at(-1)
    if (!active || this.#forgotten) return
    const place: SpoolPlace = { segment: path.basename(active.file), bytes: active.size }
    const text = JSON.stringify({ place, leases }, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
    if (text === this.#written) return
    this.#written = text
    const temporary = `${this.#file}.tmp`
    await writeFile(temporary, text, { mode: 0o600 })
    await rename(temporary, this.#file)
  }

  /** What the process before left of its leases; nothing when that cannot be said. */
  async read(segments: readonly Segment[]): Promise<HeldLease[]> {
    try {
      const { place, leases } = Copy.parse(JSON.parse(await readFile(this.#file, 'utf8')))
      const first = segments.findIndex(({ file }) => path.basename(file) === place.segment)
      const noted = segments[first]
      if (!noted || place.bytes > noted.size) return []
      const costs = new Map<string, bigint>()
      for (const [index, segment] of segments.slice(first).entries()) {
        await addCosts(costs, segment, index === 0 ? place.bytes : 0)
      }
      return leases.map(lease => without(lease, costs.get(`${lease.budgetId} ${lease.start}`) ?? 0n))
    } catch {
      return []
    }
  }

  /** Forgets what was noted: it goes back to everybody. */
  async forget(): Promise<void> {
    this.#forgotten = true
    await rm(this.#file, { force: true })
  }
}

function without(lease: HeldLease, cost: bigint): HeldLease {
  return { ...lease, held: lease.held > cost ? lease.held - cost : 0n, spent: lease.spent + cost }
}

async function addCosts(costs: Map<string, bigint>, { file, size, own, closed }: Segment, from: number): Promise<void> {
  for (let at = from; at < size; ) {
    const batch = await readLines({ file, size, own, closed, shipped: at }, READ_BYTES)
    if (batch.lines === 0) throw new Error('a line of the spool is longer than a line can be')
    at += batch.bytes.length
    for (const line of linesOf(batch)) {
      const row = readEventRow(line)
      const cost = BigInt(row.cost_nano_usd ?? 0)
      const periods = arrayElements(row.budget_periods)
      const calls = arrayElements(row.budget_calls)
      for (const [index, id] of arrayElements(row.budget_ids).entries()) {
        const key = `${id} ${Date.parse(periods[index] ?? '')}`
        costs.set(key, (costs.get(key) ?? 0n) + (calls[index] === '1' ? 1n : cost))
      }
    }
  }
}
