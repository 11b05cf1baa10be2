import { CircuitState as CockatielState, CountBreaker } from 'cockatiel'
import type { CircuitState } from '#core/contracts/deployment-health.ts'

/** Calls that the share of failures is taken of. */
const WINDOW_CALLS = 20
const FAILING_SHARE = 0.5
const LONGEST_OPEN_MS = 60_000

export interface CircuitOptions {
  /** Fewest calls by which a circuit can open. */
  readonly leastCalls: number
  /** Milliseconds until the first request is let through to try; doubles while it fails, up to a minute. */
  readonly openMs: number
}

/**
 * Opens when more than half of the last calls failed, lets one request through after a while, and closes when that one
 * succeeds. Cockatiel counts; its own states go by the wall clock, and one that is set back would keep a circuit open.
 */
export class Circuit {
  /** When an open circuit lets the next request through, by the process's monotonic clock in milliseconds. */
  probeAt = 0
  state: CircuitState = 'closed'
  readonly #breaker: CountBreaker
  readonly #openMs: number
  readonly #onChange: () => void
  #longestMs: number

  constructor({ leastCalls, openMs }: CircuitOptions, onChange: () => void) {
    const size = Math.max(WINDOW_CALLS, leastCalls)
    this.#breaker = new CountBreaker({ threshold: FAILING_SHARE, size, minimumNumberOfCalls: leastCalls })
    this.#openMs = openMs
    this.#longestMs = openMs
    this.#onChange = onChange
  }

  /** Whether a request would be let through at a moment of the monotonic clock. */
  isAvailable(now: number): boolean {
    return this.state === 'closed' || (this.state === 'open' && now >= this.probeAt)
  }

  /** Lets a request through, as the one that tries an open circuit when its time has come; null: it is not let through. */
  admit(now: number): 'call' | 'probe' | null {
    if (this.state === 'closed') return 'call'
    if (!this.isAvailable(now)) return null
    this.#turn('half_open')
    return 'probe'
  }

  /** Tells how an admitted request ended; null: it says nothing, because the client left. */
  settle(admitted: 'call' | 'probe', failed: boolean | null, now: number): void {
    if (admitted === 'probe') {
      if (failed === false) this.#close()
      else this.#open(now, Math.min(LONGEST_OPEN_MS, this.#longestMs * 2))
      return
    }
    if (failed === null || this.state !== 'closed') return
    if (!failed) this.#breaker.success(CockatielState.Closed)
    else if (this.#breaker.failure(CockatielState.Closed)) this.#open(now, this.#openMs)
  }

  /** For at most so long, less a random part so that replicas do not try all at once. */
  #open(now: number, longestMs: number): void {
    this.#longestMs = longestMs
    this.probeAt = now + Math.ceil(longestMs * (0.8 + 0.2 * Math.random()))
    this.#turn('open')
  }

  #close(): void {
    this.#breaker.success(CockatielState.HalfOpen)
    this.#turn('closed')
  }

  #turn(state: CircuitState): void {
    this.state = state
    this.#onChange()
  }
}
