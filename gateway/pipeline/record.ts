import { takeContent } from '#gateway/content/keep-content.ts'
import { eventLine } from '#gateway/events/event-line.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import type { PipelineStage } from './stage.ts'

/** Puts the evidence on disk, and with it the content that may be kept. Nothing tells the client that the answer is complete before this is done. */
export const record: PipelineStage = {
  name: 'record',
  async run(exchange) {
    try {
      const { kept, content } = takeContent(exchange)
      const { spool, metrics } = exchange.services
      await spool.append(eventLine(exchange, kept), content, metrics.inFlight === 1)
    } catch {
      const words = 'This request could not be recorded, so its answer is withheld. Try again shortly.'
      throw new Refusal(503, 'evidence_unavailable', words, { headers: ['retry-after', '5'], outcome: 'gateway_error' })
    }
  },
}

/** Appends the event of a request that was not answered, of which no content is kept. Rejects when the disk refuses. */
export function appendEvent(exchange: Exchange): Promise<void> {
  return exchange.services.spool.append(eventLine(exchange, 'unanswered'))
}
