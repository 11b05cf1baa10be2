import type pg from 'pg'
import { LIVE_CHANNEL, type ReplicaStatus } from '#core/contracts/replica-status.ts'
import { errorFields, type Log } from './log.ts'

const BEAT_MS = 1_000

export interface HeartbeatOptions {
  pool: pg.Pool
  status: () => ReplicaStatus
  log: Log
}

/** Tells the portal, through this replica's row, that it lives and what it runs; open pages hear of each change. */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | null = null
  #again = false
  #told = ''
  #started = false
  #stopped = false

  constructor(options: HeartbeatOptions) {
    this.#options = options
  }

  /** Begins; calls of `beat` before do nothing, since nobody could reach the replica yet. */
  start(): void {
    this.#started = true
    this.#timer = setInterval(() => void this.beat(), BEAT_MS)
    void this.beat()
  }

  /** Writes the row now; a call while one is being written follows it. Never rejects. */
  async beat(): Promise<void> {
    if (!this.#started) return
    this.#again = true
    this.#running ??= this.#beatAll().finally(() => {
      this.#running = null
    })
    await this.#running
  }

  /** Takes the row away. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#stopped = true
    await this.#running
    const { pool, status, log } = this.#options
    try {
      await pool.query('delete from gateway_replicas where id = $1', [status().id])
      await this.#announce()
    } catch (error) {
      log.warn({ error: errorFields(error) }, 'replica row not removed')
    }
  }

  async #beatAll(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false
      try {
        await this.#write(this.#options.status())
      } catch (error) {
        this.#options.log.debug({ error: errorFields(error) }, 'heartbeat not written')
      }
    }
  }

  async #write(status: ReplicaStatus): Promise<void> {
    const { pool } = this.#options
    await pool.query(
      `insert into gateway_replicas (id, name, region, admin_url, state, config_version, config_at, started_at, last_seen_at, stats)
       values ($1, $2, $3, $4, $5, $6, $7, $8, now(), $9)
       on conflict (id) do update set state = excluded.state, config_version = excluded.config_version,
         config_at = excluded.config_at, last_seen_at = excluded.last_seen_at, stats = excluded.stats`,
      [
        status.id,
        status.name,
        status.region,
        status.adminUrl,
        status.state,
        status.configVersion,
        status.configAt,
        status.startedAt,
        JSON.stringify(status.stats),
      ],
    )
    const now = `${status.state} ${status.configVersion}`
    if (now === this.#told) return
    if (this.#told === '') {
      // A predecessor of this name that was killed could not take its row away.
      await pool.query('delete from gateway_replicas where name = $1 and id <> $2', [status.name, status.id])
    }
    await this.#announce()
    this.#told = now
  }

  async #announce(): Promise<void> {
    const message = JSON.stringify({ topic: 'fleet', organizationId: null })
    await this.#options.pool.query('select pg_notify($1, $2)', [LIVE_CHANNEL, message])
  }
}
