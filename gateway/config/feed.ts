import pg from 'pg'
import { CONFIG_CHANNEL } from '#core/contracts/replica-status.ts'
import { errorFields, type Log } from '#gateway/log.ts'
import type { ConfigRow, Configuration } from './configuration.ts'
import type { LastKnownGood } from './last-known-good.ts'
import { backoffMs, connectionOptions } from './postgres.ts'

const POLL_MS = 2_000

export interface FeedOptions {
  url: string
  configuration: Configuration
  lastKnownGood: LastKnownGood
  log: Log
  /** Called after every swap. */
  onChange: () => void
  /** Called when the connection comes or goes. */
  onConnection: () => void
}

/**
 * Keeps the configuration current: everything at the first connection, then what has a version above the last
 * seen, on notification, on request, and every two seconds in case a notification was lost. Versions become visible
 * in order, so nothing can appear below one already seen.
 */
export class ConfigFeed {
  connected = false
  /** When what is held was last known to be the newest, on the clock of `performance.now()`; null: never. */
  currentAt: number | null = null
  readonly #options: FeedOptions
  #client: pg.Client | null = null
  #loading: Promise<void> | null = null
  #again = false
  #complete = false
  #closed = false
  #failures = 0
  #poll: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined

  constructor(options: FeedOptions) {
    this.#options = options
  }

  /** Connects and loads; resolves when that has succeeded or failed once. Goes on trying for ever. */
  async start(): Promise<void> {
    await this.#connect()
    this.#poll = setInterval(() => void this.sync().catch(() => {}), POLL_MS)
  }

  /** Loads what is new. Rejects when Postgres is away. */
  sync(): Promise<void> {
    this.#again = true
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null
    })
    return this.#loading
  }

  async stop(): Promise<void> {
    this.#closed = true
    clearInterval(this.#poll)
    clearTimeout(this.#retry)
    await this.#client?.end().catch(() => {})
  }

  async #connect(): Promise<void> {
    if (this.#closed) return
    const client = new pg.Client(connectionOptions(this.#options.url))
    // A connection that breaks between queries says so here and nowhere else.
    client.on('error', error => this.#lost(client, error))
    client.on('end', () => this.#lost(client, null))
    client.on('notification', () => void this.sync().catch(() => {}))
    try {
      await client.connect()
      await client.query(`LISTEN ${CONFIG_CHANNEL}`)
      this.#client = client
      await this.sync()
      this.#failures = 0
      this.connected = true
      this.#options.onConnection()
    } catch (error) {
      this.#lost(client, error)
      this.#client = null
      client.end().catch(() => {})
      this.#retryLater()
    }
  }

  #lost(client: pg.Client, error: unknown): void {
    if (this.#client !== client || this.#closed) return
    this.#client = null
    if (this.connected) {
      this.connected = false
      this.#options.log.warn({ error: errorFields(error) }, 'configuration feed lost Postgres')
      this.#options.onConnection()
      this.#retryLater()
    }
    client.end().catch(() => {})
  }

  #retryLater(): void {
    clearTimeout(this.#retry)
    if (this.#closed) return
    this.#retry = setTimeout(() => void this.#connect(), backoffMs(this.#failures++))
  }

  async #load(): Promise<void> {
    while (this.#again) {
      this.#again = false
      const client = this.#client
      if (!client) throw new Error('Postgres is away')
      try {
        await this.#loadWith(client)
      } catch (error) {
        this.#lost(client, error)
        throw error
      }
    }
  }

  async #loadWith(client: pg.Client): Promise<void> {
    const { configuration, lastKnownGood, log, onChange } = this.#options
    const everything = !this.#complete
    const since = everything ? '0' : configuration.version
    const asked = performance.now()
    const { rows } = await client.query<ConfigRow>(
      `select organization_id, kind, id, version::text as version, doc, deleted from gateway_config
       where version > $1::bigint ${everything ? 'and not deleted' : ''} order by version`,
      [since],
    )
    if (!everything && rows.length === 0) {
      this.currentAt = asked
      return
    }
    const before = configuration.version
    configuration.apply(rows, everything)
    this.#complete = true
    this.currentAt = asked
    if (configuration.version !== before || everything) {
      log.info({ version: configuration.version, changed: rows.length }, 'configuration in force')
    }
    for (const [name, problem] of configuration.problems) log.error({ document: name, problem }, 'document kept out')
    onChange()
    lastKnownGood
      .keep(() => configuration.rows())
      .catch(error => log.error({ error: errorFields(error) }, 'last-known-good copy not written'))
  }
}
