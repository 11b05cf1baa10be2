/** The part of the load generator's interface that the benchmarks use; the package ships no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  type Request = { body?: string }

  type Options = {
    url: string
    method: 'POST'
    headers: Record<string, string>
    /** Each makes a request out of the one before. */
    requests: { setupRequest(request: Request): Request }[]
    connections: number
    /** Seconds. */
    duration: number
    /** Seconds. */
    timeout: number
  }

  type Result = {
    /** Seconds. */
    duration: number
    errors: number
    timeouts: number
    non2xx: number
    requests: { total: number }
  }

  /** Starts a run; `response` reports each answer with its time in milliseconds. */
  export default function autocannon(
    options: Options,
    done: (error: Error | null, result: Result) => void,
  ): EventEmitter<{ response: [client: unknown, statusCode: number, bytes: number, responseTimeMs: number] }>
}
