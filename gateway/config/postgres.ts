import type pg from 'pg'

/** How every connection of the gateway is made: as its own role, and never waiting for a database that is gone. */
export function connectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    options: '-c role=gatehouse_gateway',
    application_name: 'gatehouse-gateway',
    connectionTimeoutMillis: 3_000,
    query_timeout: 10_000,
    keepAlive: true,
  }
}

/** Milliseconds to wait before a further try: doubling from 100 ms to 5 s, with jitter. */
export function backoffMs(failures: number): number {
  const ceiling = Math.min(5_000, 100 * 2 ** Math.min(failures, 6))
  return ceiling / 2 + (Math.random() * ceiling) / 2
}

/** Whether Postgres was there and said no: about the data, or class 42 (no such function, no such right). */
export function isRefusal(error: unknown): boolean {
  return isAboutData(error) || String((error as { code?: unknown } | null)?.code ?? '').startsWith('42')
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint): sending the same again would fail the same. */
export function isAboutData(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(22|23)/.test(code)
}
