import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Configuration } from '#gateway/config/configuration.ts'
import type { SpooledEvent } from '#gateway/events/segments.ts'
import type { PackedContent, PackingAnswer, SpooledContent } from './packing-job.ts'

/** What of an event its content needs. */
const Facts = z.object({
  id: z.uuid(),
  occurredAt: z.iso.datetime(),
  organizationId: z.uuid(),
  detail: z.object({ content: z.enum(['full', 'restricted']) }),
})

/**
 * Turns content as it stands in the spool into entries for Postgres, on a thread of its own: opened, compressed, and
 * sealed with the organization's key in force. What has no key any more is dropped.
 */
export class ContentPacker {
  /** Entries dropped, since they did not open or a thread failed. */
  unreadable = 0
  readonly #spoolKey: Buffer
  readonly #configuration: Configuration
  #worker: Worker | null = null
  #next = 0
  #pending = new Map<number, { resolve(answer: PackingAnswer): void; reject(error: Error): void }>()

  constructor(spoolKey: Buffer, configuration: Configuration) {
    this.#spoolKey = spoolKey
    this.#configuration = configuration
  }

  /** The entries of these events. A thread that fails twice costs their content, never the events. */
  async pack(spooled: readonly SpooledEvent[]): Promise<readonly PackedContent[]> {
    const entries = spooled.flatMap(one => this.#entryOf(one) ?? [])
    if (entries.length === 0) return []
    const answer = await this.#ask(entries)
      .catch(() => this.#ask(entries))
      .catch(() => ({ packed: [], unreadable: entries.length }))
    this.unreadable += answer.unreadable
    return answer.packed
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #entryOf({ event, content }: SpooledEvent): SpooledContent | null {
    if (content === null) return null
    const facts = Facts.safeParse(JSON.parse(event)).data
    const key = facts && this.#configuration.organizations.get(facts.organizationId)?.contentKey
    if (!facts || !key) return null
    const { id, occurredAt, organizationId, detail } = facts
    return { id, occurredAt, organizationId, logging: detail.content, sealed: content, keyId: key.id, dataKey: key.key }
  }

  #ask(entries: readonly SpooledContent[]): Promise<PackingAnswer> {
    const worker = this.#thread()
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      worker.postMessage({ id, entries })
    })
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker
    const workerData = { spoolKey: this.#spoolKey }
    const worker = new Worker(new URL('./packing-worker.ts', import.meta.url), { workerData })
    worker.unref()
    worker.on('message', (answer: PackingAnswer) => {
      this.#pending.get(answer.id)?.resolve(answer)
      this.#pending.delete(answer.id)
    })
    worker.on('error', () => this.#lose(worker))
    worker.on('exit', () => this.#lose(worker))
    this.#worker = worker
    return worker
  }

  #lose(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = null
    const pending = this.#pending
    this.#pending = new Map()
    for (const { reject } of pending.values()) reject(new Error('the packing thread ended'))
  }
}
