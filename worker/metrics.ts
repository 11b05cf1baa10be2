import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const JOB_SECONDS = [0.01, 0.05, 0.25, 1, 5, 30, 120, 600]

/** Jobs of one queue, as pg-boss counts them. */
export interface QueueDepth {
  readonly name: string
  readonly queuedCount: number
  readonly activeCount: number
}

/** The worker's figures for Prometheus. */
export class WorkerMetrics {
  readonly registry = new Registry()
  readonly #jobs: Counter<'queue' | 'result'>
  readonly #durations: Histogram<'queue'>
  readonly #succeeded: Gauge<'queue'>

  constructor(queueDepths: () => Promise<readonly QueueDepth[]>) {
    const registers = [this.registry]
    collectDefaultMetrics({ register: this.registry })
    this.#jobs = new Counter({
      name: 'gatehouse_worker_jobs_total',
      help: 'Jobs that ended, by result: done or failed',
      labelNames: ['queue', 'result'],
      registers,
    })
    this.#durations = new Histogram({
      name: 'gatehouse_worker_job_duration_seconds',
      help: 'Time a job took',
      labelNames: ['queue'],
      buckets: JOB_SECONDS,
      registers,
    })
    this.#succeeded = new Gauge({
      name: 'gatehouse_worker_job_success_timestamp_seconds',
      help: 'When a job was last done by this worker',
      labelNames: ['queue'],
      registers,
    })
    new Gauge({
      name: 'gatehouse_worker_queue_jobs',
      help: 'Jobs in the queue, by what they do there: queued or active',
      labelNames: ['queue', 'state'],
      registers,
      async collect() {
        for (const { name, queuedCount, activeCount } of await queueDepths()) {
          this.set({ queue: name, state: 'queued' }, queuedCount)
          this.set({ queue: name, state: 'active' }, activeCount)
        }
      },
    })
  }

  /** Notes the end of a job of this queue that took `ms` milliseconds. */
  ended(queue: string, result: 'done' | 'failed', ms: number): void {
    this.#jobs.inc({ queue, result })
    this.#durations.observe({ queue }, ms / 1_000)
    if (result === 'done') this.#succeeded.set({ queue }, Date.now() / 1_000)
  }
}
