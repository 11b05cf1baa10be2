import type pg from 'pg'
import { backoffMs } from '#gateway/config/postgres.ts'
import type { BudgetLedger, LeaseAnswer, LeaseAsk } from './budget-ledger.ts'

const RETURN_MS = 5_000

interface Row {
  n: number
  granted: string
  spent: string
  wanted: boolean
  kept: boolean
}

/** Leases in Postgres, all asked for in one statement, in an order in which replicas cannot block each other. */
export class LeaseStore {
  readonly #pool: pg.Pool
  readonly #replicaId: string
  readonly #ttlMs: number

  constructor(pool: pg.Pool, replicaId: string, ttlMs: number) {
    this.#pool = pool
    this.#replicaId = replicaId
    this.#ttlMs = ttlMs
  }

  /** Renews and takes leases. The answers are in the order of the asks; undefined: there is no such budget any more. */
  async take(asks: readonly ({ ledger: BudgetLedger } & LeaseAsk)[]): Promise<(LeaseAnswer | undefined)[]> {
    if (asks.length === 0) return []
    const json = asks.map(({ ledger, claim, need, want }, n) => ({
      n,
      budget: ledger.entry.id,
      starts: new Date(ledger.period.start).toISOString(),
      ends: new Date(ledger.period.end).toISOString(),
      claim: claim.toString(),
      need: need.toString(),
      want: want.toString(),
    }))
    const { rows } = await this.#pool.query<Row>(
      `select a.n, t.granted::text, t.spent::text, t.wanted, t.kept from (
         select * from jsonb_to_recordset($1::jsonb) as given(n int, budget uuid, starts timestamptz, ends timestamptz,
           claim bigint, need bigint, want bigint) order by budget, starts) a
       cross join lateral take_budget_lease(a.budget, a.starts, a.ends, $2, a.claim, a.need, a.want,
         make_interval(secs => $3)) t`,
      [JSON.stringify(json), this.#replicaId, this.#ttlMs / 1000],
    )
    const answers: (LeaseAnswer | undefined)[] = asks.map(() => undefined)
    for (const { n, granted, spent, wanted, kept } of rows) {
      answers[n] = { granted: BigInt(granted), spent: BigInt(spent), wanted, kept }
    }
    return answers
  }

  /**
   * Gives everything back that this replica holds, what was granted in answers that never arrived included. Tries again
   * for some seconds, since nobody will after it; rejects when that was in vain.
   */
  async returnAll(): Promise<void> {
    const deadline = performance.now() + RETURN_MS
    for (let failures = 1; ; failures++) {
      try {
        await this.#pool.query('select return_budget_leases($1)', [this.#replicaId])
        return
      } catch (error) {
        if (performance.now() >= deadline) throw error
        await new Promise(resolve => setTimeout(resolve, backoffMs(failures)))
      }
    }
  }
}
