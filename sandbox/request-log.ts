import type { IncomingHttpHeaders } from 'node:http'

const REMEMBERED_IDS = 10_000
const REMEMBERED_REQUESTS = 50

export type SeenRequest = { path: string; requestId: string | null; headers: IncomingHttpHeaders; body: string }
type IdCounts = { requests: number; aborted: number }

/** What reached the sandbox since it started or was reset: how a test proves what a gateway sent, or gave up. */
export class RequestLog {
  #total = 0
  #aborted = 0
  #streams = { open: 0, completed: 0, aborted: 0 }
  #byPath = new Map<string, number>()
  #byId = new Map<string, IdCounts>()
  #recent: SeenRequest[] = []
  #next = 0

  /** Counts a model request. */
  seen(request: SeenRequest): void {
    this.#total++
    this.#byPath.set(request.path, (this.#byPath.get(request.path) ?? 0) + 1)
    this.#recent[this.#next] = request
    this.#next = (this.#next + 1) % REMEMBERED_REQUESTS
    if (request.requestId !== null) this.#countsOf(request.requestId).requests++
  }

  /** Counts a client that left before its answer was complete. */
  aborted(requestId: string | null): void {
    this.#aborted++
    if (requestId !== null) this.#countsOf(requestId).aborted++
  }

  streamOpened(): void {
    this.#streams.open++
  }

  streamClosed(how: 'completed' | 'aborted'): void {
    this.#streams.open--
    this.#streams[how]++
  }

  /** Counts since the start or the last reset; of one request id, when asked. */
  stats(requestId: string | null) {
    if (requestId !== null) return { requestId, ...(this.#byId.get(requestId) ?? { requests: 0, aborted: 0 }) }
    return {
      requests: this.#total,
      aborted: this.#aborted,
      streams: { ...this.#streams },
      byPath: Object.fromEntries(this.#byPath),
      byRequestId: Object.fromEntries(this.#byId),
    }
  }

  /** The last requests, newest first, with credentials shortened to their last four characters. */
  recent() {
    const newestFirst = [...this.#recent.slice(this.#next), ...this.#recent.slice(0, this.#next)].reverse()
    return newestFirst.map(request => ({ ...request, headers: withoutCredentials(request.headers) }))
  }

  /** Forgets everything but the streams that are open. */
  reset(): void {
    this.#total = 0
    this.#aborted = 0
    this.#streams = { open: this.#streams.open, completed: 0, aborted: 0 }
    this.#byPath.clear()
    this.#byId.clear()
    this.#recent = []
    this.#next = 0
  }

  #countsOf(requestId: string): IdCounts {
    const known = this.#byId.get(requestId)
    if (known) return known
    const counts = { requests: 0, aborted: 0 }
    this.#byId.set(requestId, counts)
    if (this.#byId.size > REMEMBERED_IDS) this.#byId.delete(this.#byId.keys().next().value ?? '')
    return counts
  }
}

function withoutCredentials(headers: IncomingHttpHeaders): Record<string, unknown> {
  const shown: Record<string, unknown> = { ...headers }
  for (const name of ['authorization', 'x-api-key', 'api-key']) {
    const value = headers[name]
    if (typeof value === 'string') shown[name] = `…${value.slice(-4)}`
  }
  return shown
}
