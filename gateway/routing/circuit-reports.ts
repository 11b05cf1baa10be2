import type pg from 'pg'
import { errorFields, type Log } from '#gateway/log.ts'
import type { Deployment } from './deployment.ts'

const RETRY_MS = 1_000

interface Report {
  readonly organizationId: string
  readonly modelId: string
  readonly state: string
  readonly reason: string | null
}

/**
 * Tells Postgres of every change of a circuit, so that the teams concerned hear of an outage once, whichever replica
 * saw it first. What cannot be told is told again, the last state of each deployment, until it is heard.
 */
export class CircuitReports {
  readonly #pool: pg.Pool
  readonly #replicaId: string
  readonly #log: Log
  readonly #waiting = new Map<string, Report>()
  #running: Promise<void> | null = null
  #retry: NodeJS.Timeout | undefined
  #stopped = false

  constructor(pool: pg.Pool, replicaId: string, log: Log) {
    this.#pool = pool
    this.#replicaId = replicaId
    this.#log = log
  }

  /** Notes the state that a deployment's circuit is in now. */
  note({ organizationId, modelId, circuit, reason }: Deployment): void {
    this.#waiting.set(modelId, { organizationId, modelId, state: circuit, reason })
    this.#wake()
  }

  /** Stops; reports that are waiting are given one last try. */
  async stop(): Promise<void> {
    clearTimeout(this.#retry)
    await this.#running
    this.#stopped = true
    await this.#tellAll()
  }

  #wake(): void {
    clearTimeout(this.#retry)
    this.#running ??= this.#tellAll().finally(() => {
      this.#running = null
      if (this.#waiting.size > 0 && !this.#stopped) this.#retry = setTimeout(() => this.#wake(), RETRY_MS)
    })
  }

  async #tellAll(): Promise<void> {
    for (const report of [...this.#waiting.values()]) {
      const { organizationId, modelId, state, reason } = report
      try {
        const values = [organizationId, modelId, this.#replicaId, state, reason ?? 'unknown']
        await this.#pool.query('select report_breaker($1, $2, $3, $4, $5)', values)
      } catch (error) {
        this.#log.debug({ error: errorFields(error) }, 'a circuit could not be reported')
        return
      }
      // A newer state that came meanwhile waits for its turn.
      if (this.#waiting.get(modelId) === report) this.#waiting.delete(modelId)
    }
  }
}
