import { mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { readLines, readSpoolLine, type Segment } from '#gateway/events/segments.ts'
import type { SpendLedger } from './spend-ledger.ts'

const Copy = z.strictObject({
  /** Days since 1970, UTC. */
  day: z.int(),
  /** The segment of the spool up to which Postgres had the events when it said so, and the bytes of it. */
  segment: z.string(),
  shipped: z.int().nonnegative(),
  /** Nano-US-dollars by key. */
  spent: z.record(z.string(), z.string().regex(/^\d+$/)),
})
const Cost = z.object({ keyId: z.uuid(), costNanoUsd: z.string().regex(/^\d+$/), occurredAt: z.iso.datetime() })

const DAY_MS = 86_400_000
const LINES = 500

/**
 * What Postgres last said that each key has spent, on disk beside the configuration: a gateway that starts while
 * Postgres is away knows it from here, and what came after from the events in the spool.
 */
export class KeptSpend {
  readonly #file: string
  #written = ''

  constructor(directory: string) {
    this.#file = path.join(directory, 'spend.json')
  }

  /** Keeps the durable spend of a day. `at` is where shipping stood before it was read. Rejects when the disk refuses. */
  async keep(day: number, spent: ReadonlyMap<string, bigint>, at: { segment: string; shipped: number }): Promise<void> {
    const amounts = Object.fromEntries([...spent].map(([keyId, amount]) => [keyId, amount.toString()]))
    const text = JSON.stringify({ day, ...at, spent: amounts } satisfies z.infer<typeof Copy>)
    if (text === this.#written) return
    await mkdir(path.dirname(this.#file), { recursive: true })
    const file = await open(`${this.#file}.tmp`, 'w', 0o600)
    try {
      await file.writeFile(text)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(`${this.#file}.tmp`, this.#file)
    this.#written = text
  }

  /** Gives a new ledger what its predecessor knew, and what the segments it left hold besides. */
  async restore(ledger: SpendLedger, left: readonly Segment[], now: number): Promise<void> {
    const kept = await this.#read()
    const today = Math.floor(now / DAY_MS)
    if (kept?.day === today) ledger.remember(new Map(spentOf(kept)), now)
    for (const segment of left) {
      const name = path.basename(segment.file)
      if (kept && name < kept.segment) continue
      const from = kept && name === kept.segment ? Math.min(kept.shipped, segment.size) : 0
      for await (const line of linesOf(segment, from)) {
        const cost = costOf(line)
        if (cost && Math.floor(Date.parse(cost.occurredAt) / DAY_MS) === today) {
          ledger.carry(cost.keyId, BigInt(cost.costNanoUsd), now)
        }
      }
    }
  }

  async #read(): Promise<z.infer<typeof Copy> | null> {
    try {
      return Copy.parse(JSON.parse(await readFile(this.#file, 'utf8')))
    } catch {
      return null
    }
  }
}

function spentOf({ spent }: z.infer<typeof Copy>): [string, bigint][] {
  return Object.entries(spent).map(([keyId, amount]) => [keyId, BigInt(amount)])
}

async function* linesOf(segment: Segment, from: number): AsyncGenerator<string> {
  let at = from
  while (at < segment.size) {
    const { lines, bytes } = await readLines({ ...segment, shipped: at }, LINES)
    if (bytes === 0) return
    yield* lines
    at += bytes
  }
}

function costOf(line: string): z.infer<typeof Cost> | null {
  try {
    return Cost.safeParse(JSON.parse(readSpoolLine(line).event)).data ?? null
  } catch {
    return null
  }
}
