import { eventLine } from '#gateway/events/event-line.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import type { PipelineStage } from './stage.ts'

/** Puts the evidence on disk. Nothing tells the client that the answer is complete before this is done. */
export const record: PipelineStage = {
  name: 'record',
  async run(exchange) {
    try {
      await appendEvent(exchange)
    } catch {
      const words = 'This request could not be recorded, so its answer is withheld. Try again shortly.'
      throw new Refusal(503, 'evidence_unavailable', words, { headers: ['retry-after', '5'], outcome: 'gateway_error' })
    }
  },
}

/** Appends the exchange's event to the spool. Rejects when the disk refuses. */
export function appendEvent(exchange: Exchange): Promise<void> {
  return exchange.services.spool.append(eventLine(exchange))
}
