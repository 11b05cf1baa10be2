import {
  type CircuitBreakerPolicy,
  CircuitState as CockatielState,
  CountBreaker,
  circuitBreaker,
  handleAll,
  type IBackoff,
  type IHalfOpenAfterBackoffContext,
} from 'cockatiel'
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
 * succeeds. Cockatiel keeps the states; a call of a closed circuit costs no promise.
 */
export class Circuit {
  /** When an open circuit lets the next request through, in milliseconds since 1970. */
  probeAt = 0
  readonly #breaker: CountBreaker
  readonly #policy: CircuitBreakerPolicy
  #endProbe: ((failed: boolean) => void) | null = null

  constructor({ leastCalls, openMs }: CircuitOptions, onChange: (state: CircuitState) => void) {
    const size = Math.max(WINDOW_CALLS, leastCalls)
    this.#breaker = new CountBreaker({ threshold: FAILING_SHARE, size, minimumNumberOfCalls: leastCalls })
    const onDuration = (duration: number) => {
      this.probeAt = Date.now() + duration
    }
    const halfOpenAfter = { next: () => new Pause(openMs, onDuration) }
    this.#policy = circuitBreaker(handleAll, { breaker: this.#breaker, halfOpenAfter })
    this.#policy.onStateChange(() => onChange(this.state))
  }

  get state(): CircuitState {
    const { state } = this.#policy
    if (state === CockatielState.Closed) return 'closed'
    return state === CockatielState.HalfOpen ? 'half_open' : 'open'
  }

  /** Whether a request would be let through at a moment. */
  isAvailable(now: number): boolean {
    const { state } = this.#policy
    return state === CockatielState.Closed || (state === CockatielState.Open && now >= this.probeAt)
  }

  /** Lets a request through, as the one that tries an open circuit when its time has come; null: it is not let through. */
  admit(): 'call' | 'probe' | null {
    if (this.#policy.state === CockatielState.Closed) return 'call'
    if (this.#policy.state !== CockatielState.Open || Date.now() < this.probeAt) return null
    const probe = new Promise<void>((resolve, reject) => {
      this.#endProbe = failed => (failed ? reject(new Error('the probe failed')) : resolve())
    })
    // Cockatiel turns half-open before it returns, or not at all.
    void this.#policy.execute(() => probe).catch(() => {})
    if (this.state === 'half_open') return 'probe'
    this.#endProbe = null
    return null
  }

  /** Tells how an admitted request ended; null: it says nothing, because the client left. */
  settle(admitted: 'call' | 'probe', failed: boolean | null): void {
    if (admitted === 'probe') {
      this.#endProbe?.(failed ?? true)
      this.#endProbe = null
      return
    }
    if (failed === null || this.#policy.state !== CockatielState.Closed) return
    if (failed) void this.#policy.execute(() => Promise.reject(new Error('the call failed'))).catch(() => {})
    else this.#breaker.success(CockatielState.Closed)
  }
}

/** Doubles each time, with a random part so that replicas do not try all at once. */
class Pause implements IBackoff<IHalfOpenAfterBackoffContext> {
  readonly duration: number
  readonly #longest: number
  readonly #onDuration: (duration: number) => void

  constructor(longest: number, onDuration: (duration: number) => void) {
    this.#longest = longest
    this.#onDuration = onDuration
    this.duration = Math.ceil(longest * (0.8 + 0.2 * Math.random()))
    onDuration(this.duration)
  }

  next(): Pause {
    return new Pause(Math.min(LONGEST_OPEN_MS, this.#longest * 2), this.#onDuration)
  }
}
