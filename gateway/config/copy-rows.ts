import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** What is recorded by way of a table of the connection's own: functions before and after, and the columns of a row. */
export interface RowTarget {
  readonly prepare: string
  readonly table: string
  readonly columns: readonly string[]
  readonly record: string
}

/**
 * Copies rows, in the text format of COPY and each with its line end, into the connection's own table and records them
 * from there, all or none. Rejects with what Postgres says, or when it takes longer than allowed.
 */
export async function copyRows(pool: pg.Pool, target: RowTarget, rows: Buffer, timeoutMs: number): Promise<void> {
  const client = await pool.connect()
  client.on('error', ignore)
  try {
    await client.query(`begin; select ${target.prepare}()`)
    const copy = client.query(copyFrom(`copy pg_temp.${target.table} (${target.columns.join()}) from stdin`))
    copy.end(rows)
    await finished(copy, { signal: AbortSignal.timeout(timeoutMs) })
    await client.query(`select ${target.record}(); commit`)
  } catch (error) {
    // Closed, not given back: whatever state it is in, the transaction ends.
    client.release(true)
    throw error
  }
  client.off('error', ignore)
  client.release()
}

/** A connection that breaks fails what runs on it: that is enough. */
function ignore(): void {}
