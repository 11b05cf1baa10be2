import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { bucketOf, quantileMs } from '#core/stats/histogram.ts'
import type { Exchange } from './exchange.ts'

const LATENCY_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]
const OVERHEAD_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1]

/** Counts of one combination of labels, added up on the request path and read when somebody looks. */
interface Tally {
  labels: { operation: string; model: string; provider: string; outcome: string; status: string }
  requests: number
  inputTokens: number
  outputTokens: number
  costNanoUsd: bigint
}

/** The process's figures: for Prometheus at /metrics, and for its own heartbeat. */
export class Metrics {
  readonly registry = new Registry()
  inFlight = 0
  /** Requests answered since the start. */
  answered = 0
  /** Calls made again at the same deployment since the start. */
  retries = 0
  readonly #tallies = new Map<string, Tally>()
  readonly #latency: Histogram<'operation'>
  readonly #overhead: Histogram
  readonly #firstToken: Histogram<'operation'>
  readonly #refusals: Counter<'operation' | 'code'>
  readonly #findings: Counter<'detector' | 'action'>
  readonly #unpriced: Counter<'model'>
  readonly #cache: Counter<'outcome'>
  readonly #saved: Counter
  #recentOverhead = new Map<number, number>()
  #recentOverheadBefore = new Map<number, number>()

  constructor() {
    const registers = [this.registry]
    this.#latency = new Histogram({
      name: 'gatehouse_gateway_request_duration_seconds',
      help: 'Time from a request to the end of its answer',
      labelNames: ['operation'],
      buckets: LATENCY_SECONDS,
      registers,
    })
    this.#overhead = new Histogram({
      name: 'gatehouse_gateway_overhead_seconds',
      help: 'Time of a request spent in the gateway itself',
      buckets: OVERHEAD_SECONDS,
      registers,
    })
    this.#firstToken = new Histogram({
      name: 'gatehouse_gateway_time_to_first_token_seconds',
      help: 'Time from a request to the first token of its stream',
      labelNames: ['operation'],
      buckets: LATENCY_SECONDS,
      registers,
    })
    this.#refusals = new Counter({
      name: 'gatehouse_gateway_refusals_total',
      help: 'Requests that a rule refused, by the code the client was given',
      labelNames: ['operation', 'code'],
      registers,
    })
    this.#findings = new Counter({
      name: 'gatehouse_gateway_findings_total',
      help: 'What guardrails found, by detector and what was done; shadow: only counted',
      labelNames: ['detector', 'action'],
      registers,
    })
    this.#unpriced = new Counter({
      name: 'gatehouse_gateway_unpriced_requests_total',
      help: 'Requests whose model has no price, so that their cost is not known',
      labelNames: ['model'],
      registers,
    })
    this.#cache = new Counter({
      name: 'gatehouse_gateway_cache_requests_total',
      help: 'Requests that a cache policy covers, by what became of them',
      labelNames: ['outcome'],
      registers,
    })
    this.#saved = new Counter({
      name: 'gatehouse_gateway_cache_saved_usd_total',
      help: 'US dollars that answers from the cache had cost when they were made',
      registers,
    })
    this.#countRequests(registers)
    const inFlight = () => this.inFlight
    new Gauge({
      name: 'gatehouse_gateway_in_flight_requests',
      help: 'Requests being answered',
      registers,
      collect() {
        this.set(inFlight())
      },
    })
  }

  begin(): void {
    this.inFlight++
  }

  /** Counts an answered request. */
  end(exchange: Exchange): void {
    this.inFlight--
    this.answered++
    const { served, usage, operation } = exchange
    const key = `${operation.name} ${served?.model.id} ${exchange.outcome} ${exchange.status}`
    const tally = this.#tallies.get(key) ?? this.#newTally(key, exchange)
    tally.requests++
    if (usage) {
      tally.inputTokens += usage.input + usage.cachedInput + usage.cacheWrite5m + usage.cacheWrite1h
      tally.outputTokens += usage.output + usage.reasoning
    }
    if (exchange.costNanoUsd !== null) tally.costNanoUsd += exchange.costNanoUsd
    this.#latency.observe({ operation: operation.name }, exchange.elapsedMs() / 1000)
    const overhead = exchange.overheadMs()
    this.#overhead.observe(overhead / 1000)
    const bucket = bucketOf(overhead)
    this.#recentOverhead.set(bucket, (this.#recentOverhead.get(bucket) ?? 0) + 1)
    if (exchange.firstTokenMs !== null) {
      this.#firstToken.observe({ operation: operation.name }, exchange.firstTokenMs / 1000)
    }
    if (exchange.outcome === 'refused') {
      this.#refusals.inc({ operation: operation.name, code: exchange.errorCode ?? 'refused' })
    }
    if (exchange.costState === 'unpriced') {
      this.#unpriced.inc({ model: served?.model.document.identifier ?? '' })
    }
    if (exchange.cache) {
      this.#cache.inc({ outcome: exchange.cache.outcome })
      this.#saved.inc(Number(exchange.cache.hit?.answer.costNanoUsd ?? 0) / 1e9)
    }
    for (const { detector, action, shadow, count } of exchange.findings) {
      this.#findings.inc({ detector, action: shadow ? 'shadow' : action }, count)
    }
  }

  /** Overhead of the last minute or two; null when nothing was answered. */
  recentOverheadMs(quantile: number): number | null {
    const counts = new Map(this.#recentOverheadBefore)
    for (const [bucket, count] of this.#recentOverhead) counts.set(bucket, (counts.get(bucket) ?? 0) + count)
    return quantileMs(counts, quantile)
  }

  /** Lets what is older than the last call go; called once a minute. */
  turnMinute(): void {
    this.#recentOverheadBefore = this.#recentOverhead
    this.#recentOverhead = new Map()
  }

  #newTally(key: string, exchange: Exchange): Tally {
    const labels = {
      operation: exchange.operation.name,
      model: exchange.served?.model.document.identifier ?? '',
      provider: exchange.served?.provider.document.name ?? '',
      outcome: exchange.outcome,
      status: String(exchange.status),
    }
    const tally = { labels, requests: 0, inputTokens: 0, outputTokens: 0, costNanoUsd: 0n }
    this.#tallies.set(key, tally)
    return tally
  }

  #countRequests(registers: Registry[]): void {
    const labelNames = ['operation', 'model', 'provider', 'outcome', 'status'] as const
    const counter = (name: string, help: string, value: (tally: Tally) => number) => {
      const tallies = this.#tallies
      new Counter({
        name: `gatehouse_gateway_${name}`,
        help,
        labelNames,
        registers,
        collect() {
          this.reset()
          for (const tally of tallies.values()) this.inc(tally.labels, value(tally))
        },
      })
    }
    counter('requests_total', 'Requests answered', tally => tally.requests)
    counter('errors_total', 'Requests not answered well', tally => (tally.labels.outcome === 'ok' ? 0 : tally.requests))
    counter('input_tokens_total', 'Prompt tokens', tally => tally.inputTokens)
    counter('output_tokens_total', 'Generated tokens', tally => tally.outputTokens)
    counter('cost_usd_total', 'Cost in US dollars', tally => Number(tally.costNanoUsd) / 1e9)
  }
}
