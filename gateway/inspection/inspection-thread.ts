import { Worker } from 'node:worker_threads'
import type { TextFinding } from '#core/guardrails/inspect-text.ts'
import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import { type InspectionAnswer, type InspectionJob, type InspectionOrder, MOST_ORDERS } from './inspection-job.ts'

/** What a thread reads is short-lived, and it is not to wait with clearing it away. */
const LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 4 }

/** What a thread is to read, and whom it tells. */
export interface PendingInspection {
  readonly texts: readonly string[]
  readonly plan: InspectionPlan
  /** Milliseconds after which the thread is taken to hang. */
  readonly limitMs: number
  resolve(found: TextFinding[][]): void
  reject(error: Error): void
}

/** Whom a thread tells that it has read, and that it is no more. */
interface Listener {
  onFree(): void
  onEnd(): void
}

/** A thread that reads one body at a time, and is ended when it takes too long. */
export class InspectionThread {
  readonly #listener: Listener
  readonly #worker: Worker
  /** Plans that it was sent, the newest last. */
  readonly #orders = new Set<number>()
  #pending: PendingInspection | null = null
  #timer: NodeJS.Timeout | null = null
  #jobs = 0
  #hasEnded = false

  constructor(listener: Listener) {
    this.#listener = listener
    this.#worker = new Worker(new URL('./inspection-worker.ts', import.meta.url), { resourceLimits: LIMITS })
    this.#worker.unref()
    this.#worker.on('message', (answer: InspectionAnswer) => this.#take(answer))
    this.#worker.on('error', error => this.#lose(error instanceof Error ? error : new Error('the thread failed')))
    this.#worker.on('exit', () => this.#lose(new Error('the inspection thread ended')))
  }

  get isFree(): boolean {
    return this.#pending === null && !this.#hasEnded
  }

  read(pending: PendingInspection): void {
    this.#pending = pending
    this.#timer = setTimeout(() => this.#giveUp(pending.limitMs), pending.limitMs).unref()
    this.#sendOrder(pending.plan)
    const job: InspectionJob = { id: ++this.#jobs, plan: pending.plan.version, texts: pending.texts }
    this.#worker.postMessage(job)
  }

  /** Ends it; what it reads is rejected. */
  async end(): Promise<void> {
    this.#lose(new Error('the inspection thread ended'))
    await this.#worker.terminate()
  }

  #take(answer: InspectionAnswer): void {
    const pending = this.#pending
    if (pending === null || answer.id !== this.#jobs) return
    this.#settle()
    if ('error' in answer) pending.reject(new Error(answer.error))
    else pending.resolve(answer.found as TextFinding[][])
    this.#listener.onFree()
  }

  #giveUp(limitMs: number): void {
    this.#lose(new Error(`the inspection took longer than ${limitMs} ms, so its thread was ended`))
    void this.#worker.terminate()
  }

  #lose(error: Error): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    const pending = this.#pending
    this.#settle()
    pending?.reject(error)
    this.#listener.onEnd()
  }

  #settle(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#pending = null
  }

  /** Sends what to look for, unless the thread still has it: of the orders it was sent, it keeps the newest. */
  #sendOrder({ version, wanted, namedPatterns }: InspectionPlan): void {
    if (this.#orders.has(version)) return
    const order: InspectionOrder = { plan: version, wanted: [...wanted], patterns: namedPatterns }
    this.#worker.postMessage(order)
    this.#orders.add(version)
    for (const oldest of this.#orders) if (this.#orders.size > MOST_ORDERS) this.#orders.delete(oldest)
  }
}
