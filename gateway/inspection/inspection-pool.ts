import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { TextFinding } from '#core/guardrails/inspect-text.ts'
import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import { type InspectionAnswer, type InspectionJob, type InspectionOrder, MOST_ORDERS } from './inspection-job.ts'

const MOST_THREADS = 4
/** What a thread reads is short-lived, and it is not to wait with clearing it away. */
const LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 }
/** Jobs that may wait for one thread; more are refused, as memory is not without end. */
const MOST_WAITING = 64

interface Pending {
  resolve(found: TextFinding[][]): void
  reject(error: Error): void
}

interface Thread {
  readonly worker: Worker
  readonly pending: Map<number, Pending>
  /** Plans that it was sent, the newest last. */
  readonly orders: Set<number>
}

/** Threads that inspect large bodies; started when first needed, replaced when one dies. */
export class InspectionPool {
  readonly #size = Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1))
  #threads: Thread[] = []
  #next = 0

  /** The findings of each text. Rejects when a thread fails or too many requests wait. */
  inspect(texts: readonly string[], plan: InspectionPlan): Promise<TextFinding[][]> {
    const thread = this.#thread()
    if (thread.pending.size >= MOST_WAITING) return Promise.reject(new Error('too many bodies wait for inspection'))
    const id = this.#next++
    const job: InspectionJob = { id, plan: plan.version, texts }
    return new Promise((resolve, reject) => {
      thread.pending.set(id, { resolve, reject })
      sendOrder(thread, plan)
      thread.worker.postMessage(job)
    })
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    const threads = this.#threads
    this.#threads = []
    await Promise.all(threads.map(({ worker }) => worker.terminate()))
  }

  /** The thread with the least to do; a new one while all are busy and there may be more. */
  #thread(): Thread {
    let best: Thread | null = null
    for (const thread of this.#threads) if (!best || thread.pending.size < best.pending.size) best = thread
    if (best && (best.pending.size === 0 || this.#threads.length >= this.#size)) return best
    return this.#start()
  }

  #start(): Thread {
    const thread: Thread = {
      worker: new Worker(new URL('./inspection-worker.ts', import.meta.url), { resourceLimits: LIMITS }),
      pending: new Map(),
      orders: new Set(),
    }
    thread.worker.unref()
    thread.worker.on('message', (answer: InspectionAnswer) => {
      const pending = thread.pending.get(answer.id)
      thread.pending.delete(answer.id)
      if ('error' in answer) pending?.reject(new Error(answer.error))
      else pending?.resolve(answer.found as TextFinding[][])
    })
    thread.worker.on('error', error => this.#lose(thread, error))
    thread.worker.on('exit', () => this.#lose(thread, new Error('the inspection thread ended')))
    this.#threads.push(thread)
    return thread
  }

  #lose(thread: Thread, error: unknown): void {
    this.#threads = this.#threads.filter(other => other !== thread)
    const reason = error instanceof Error ? error : new Error('the inspection thread failed')
    for (const pending of thread.pending.values()) pending.reject(reason)
    thread.pending.clear()
  }
}

/** Sends what to look for, unless the thread still has it: of the orders it was sent, it keeps the newest. */
function sendOrder({ worker, orders }: Thread, { version, wanted, namedPatterns }: InspectionPlan): void {
  if (orders.has(version)) return
  const order: InspectionOrder = { plan: version, wanted: [...wanted], patterns: namedPatterns }
  worker.postMessage(order)
  orders.add(version)
  for (const oldest of orders) if (orders.size > MOST_ORDERS) orders.delete(oldest)
}
