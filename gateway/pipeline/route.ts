import type { PipelineStage } from './stage.ts'

/** Orders the candidates. A name stands for one model in this release, so the order is the one it was resolved to. */
export const route: PipelineStage = {
  name: 'route',
  run(exchange) {
    if (exchange.candidates.length === 0) throw new Error('no candidate to route to')
  },
}
