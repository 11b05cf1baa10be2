import type pg from 'pg'
import type { Spool } from './events/spool.ts'
import type { KeptSpend } from './limits/kept-spend.ts'
import type { SpendLedger } from './limits/spend-ledger.ts'
import { errorFields, type Log } from './log.ts'

const REFRESH_MS = 1_000
const DAY_MS = 86_400_000

export interface SpendRefreshOptions {
  pool: pg.Pool
  ledger: SpendLedger
  spool: Spool
  kept: KeptSpend
  log: Log
}

/** Reads every second what the keys with a daily limit have spent on all replicas, and keeps it. Returns how to stop. */
export function startSpendRefresh({ pool, ledger, spool, kept, log }: SpendRefreshOptions): () => void {
  let running = false
  const refresh = async () => {
    if (running) return
    running = true
    const { since, finish } = ledger.beginRefresh(Date.now())
    const position = spool.position()
    try {
      const { rows } = await pool.query<{ key_id: string; cost: string }>(
        'select key_id, cost_nano_usd::text as cost from key_spend_since($1)',
        [since],
      )
      const spent = new Map(rows.map(row => [row.key_id, BigInt(row.cost)]))
      finish(spent)
      await kept.keep(since.getTime() / DAY_MS, spent, position)
    } catch (error) {
      log.debug({ error: errorFields(error) }, 'spend not refreshed')
    } finally {
      running = false
    }
  }
  void refresh()
  const timer = setInterval(() => void refresh(), REFRESH_MS)
  return () => clearInterval(timer)
}
