/** Work that comes round by the clock. It calls one verb and must be safe to run twice. */
export interface Job {
  /** Its queue's name. */
  name: string
  /** Cron, UTC. */
  cron: string
  /** Returns what it did, for the log. */
  run(): Promise<object>
}
