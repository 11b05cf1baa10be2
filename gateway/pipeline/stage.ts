import type { Stage } from '#core/contracts/request-event.ts'
import type { Exchange } from '#gateway/exchange.ts'

/** One step of the pipeline. It returns a promise only when it has to wait; it throws a Refusal to end the request. */
export interface PipelineStage {
  readonly name: Stage
  /** True: nothing is decided here in this release, and evidence says so. */
  readonly passThrough?: true
  /** True: there is nothing to do here for a request that has its answer from the cache. */
  readonly skippedOnHit?: true
  run(exchange: Exchange): void | Promise<void>
}
