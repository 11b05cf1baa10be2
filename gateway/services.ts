import type { BudgetBook } from './budgets/budget-book.ts'
import type { AnswerCache } from './cache/answer-cache.ts'
import type { Configuration } from './config/configuration.ts'
import type { ContentKeeper } from './content/keep-content.ts'
import type { GatewayEnvironment } from './environment.ts'
import type { Spool } from './events/spool.ts'
import type { Inspector } from './inspection/inspector.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Targets } from './providers/targets.ts'
import type { RateBook } from './rate-limits/rate-book.ts'
import type { Redis } from './redis.ts'
import type { Deployments } from './routing/deployments.ts'
import type { Tracing } from './tracing.ts'

/** What a request uses of the process that serves it. */
export interface Services {
  readonly environment: GatewayEnvironment
  readonly log: Log
  readonly replicaId: string
  readonly configuration: Configuration
  readonly spool: Spool
  readonly content: ContentKeeper
  readonly budgets: BudgetBook
  readonly rates: RateBook
  readonly targets: Targets
  readonly deployments: Deployments
  readonly inspector: Inspector
  readonly answers: AnswerCache
  /** Places of kept answers are made with it. */
  readonly cacheKey: Buffer
  /** Keyed hashes of API keys are made with it. */
  readonly hashKey: Buffer
  /** Instructions of failover drills are signed with it. */
  readonly drillKey: Buffer
  readonly metrics: Metrics
  /** Null: this replica shares nothing through Redis. */
  readonly redis: Redis | null
  /** Null: no traces are exported. */
  readonly tracing: Tracing | null
}
