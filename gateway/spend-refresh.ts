import type pg from 'pg'
import type { SpendLedger } from './limits/spend-ledger.ts'
import { errorFields, type Log } from './log.ts'

const REFRESH_MS = 1_000

/** Reads every second what the keys with a daily limit have spent on all replicas. Returns how to stop. */
export function startSpendRefresh(pool: pg.Pool, ledger: SpendLedger, log: Log): () => void {
  let running = false
  const refresh = async () => {
    if (running) return
    running = true
    const { since, finish } = ledger.beginRefresh(Date.now())
    try {
      const { rows } = await pool.query<{ key_id: string; cost: string }>(
        'select key_id, cost_nano_usd::text as cost from key_spend_since($1)',
        [since],
      )
      finish(new Map(rows.map(row => [row.key_id, BigInt(row.cost)])))
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
