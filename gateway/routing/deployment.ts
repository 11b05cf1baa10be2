import type { DeploymentHealth } from '#core/contracts/deployment-health.ts'
import { DecayingAverage } from '#core/routing/decaying-average.ts'
import type { Measurement } from '#core/routing/order-candidates.ts'
import type { ModelEntry } from '#gateway/config/entries.ts'
import { Circuit, type CircuitOptions } from './circuit.ts'

/** How one call of a deployment ended. */
export interface CallOutcome {
  /** Null: it says nothing of the deployment, because the client left or the request was at fault. */
  readonly failed: boolean | null
  /** The code of the failure. */
  readonly reason: string | null
  /** Milliseconds until the whole answer came; null: it did not, or it was a stream. */
  readonly wholeMs: number | null
  /** Milliseconds until the first token of a stream; null: there was none. */
  readonly firstTokenMs: number | null
  /** Milliseconds for which the provider asked to be left alone; 0: it did not. */
  readonly pauseMs: number
}

export type Admission = 'call' | 'probe'

const HALF_LIFE_MS = 60_000

/** One model at its provider: what was measured of it, its circuit, and the pause its provider asked for. */
export class Deployment {
  readonly modelId: string
  readonly organizationId: string
  providerId: string
  /** Its model's and provider's names, for metrics. */
  model = ''
  provider = ''
  failovers = 0
  calls = 0
  failures = 0
  /** When the pause ends that its provider asked for, by the process's monotonic clock in milliseconds. */
  coolingUntil = 0
  reason: string | null = null
  readonly #circuit: Circuit
  #circuitAt = Date.now()
  readonly #whole = new DecayingAverage(HALF_LIFE_MS)
  readonly #firstToken = new DecayingAverage(HALF_LIFE_MS)
  readonly #errors = new DecayingAverage(HALF_LIFE_MS)
  #inFlight = 0

  constructor(model: ModelEntry, options: CircuitOptions, onChange: (deployment: Deployment) => void) {
    this.modelId = model.id
    this.organizationId = model.organizationId
    this.providerId = model.document.providerId
    this.#circuit = new Circuit(options, () => {
      this.#circuitAt = Date.now()
      onChange(this)
    })
  }

  get circuit(): DeploymentHealth['circuit'] {
    return this.#circuit.state
  }

  /** Milliseconds until it may be called; 0: now. This `now` and those below are of the monotonic clock. */
  waitMs(now: number): number {
    const probe = this.circuit === 'closed' ? 0 : this.#circuit.probeAt
    return Math.max(0, this.coolingUntil - now, probe - now)
  }

  /** Lets a call begin; null: the circuit is open, or the provider asked for a pause. */
  admit(now: number): Admission | null {
    if (now < this.coolingUntil) return null
    const admission = this.#circuit.admit(now)
    if (admission) this.#inFlight++
    return admission
  }

  /** Takes in how an admitted call ended. */
  settle(admission: Admission, outcome: CallOutcome): void {
    const now = performance.now()
    this.#inFlight--
    this.calls++
    if (outcome.pauseMs > 0) this.coolingUntil = Math.max(this.coolingUntil, now + outcome.pauseMs)
    if (outcome.wholeMs !== null) this.#whole.add(outcome.wholeMs, now)
    if (outcome.firstTokenMs !== null) this.#firstToken.add(outcome.firstTokenMs, now)
    if (outcome.failed !== null) this.#errors.add(outcome.failed ? 1 : 0, now)
    if (outcome.failed) {
      this.failures++
      this.reason = outcome.reason
    }
    // A pause that the provider asked for is no outage: the circuit leaves it to the pause.
    this.#circuit.settle(admission, outcome.pauseMs > 0 && admission === 'call' ? null : outcome.failed, now)
  }

  measure(streaming: boolean, now: number): Measurement {
    const latencyMs = (streaming ? this.#firstToken : this.#whole).value(now)
    return {
      circuit: this.circuit,
      available: this.#circuit.isAvailable(now),
      cooling: now < this.coolingUntil,
      latencyMs,
      errorRate: this.#errors.value(now),
      trying: latencyMs === null && this.#inFlight > 0,
    }
  }

  health(now: number): DeploymentHealth {
    const { circuit } = this
    const wallTime = (at: number) => new Date(Date.now() + at - now).toISOString()
    return {
      organizationId: this.organizationId,
      modelId: this.modelId,
      providerId: this.providerId,
      circuit,
      circuitAt: new Date(this.#circuitAt).toISOString(),
      reason: circuit === 'closed' ? null : this.reason,
      probeAt: circuit === 'open' ? wallTime(this.#circuit.probeAt) : null,
      coolingUntil: now < this.coolingUntil ? wallTime(this.coolingUntil) : null,
      latencyMs: this.#whole.value(now),
      firstTokenMs: this.#firstToken.value(now),
      errorRate: this.#errors.value(now),
      calls: this.calls,
      failures: this.failures,
      failovers: this.failovers,
    }
  }
}
