import { readFileSync } from 'node:fs'
import type { ReplicaStatus } from '#core/contracts/replica-status.ts'
import type { ConfigFeed } from './config/feed.ts'
import type { ContentShipper } from './content/content-shipper.ts'
import type { Shipper } from './events/ship.ts'
import type { Services } from './services.ts'

/** The product's version. */
export const { version: VERSION } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}

export type Phase = 'starting' | 'serving' | 'draining'

/** What the status is made of, besides the services. */
export interface ReplicaParts {
  readonly feed: ConfigFeed
  readonly shipper: Shipper
  readonly contentShipper: ContentShipper
  readonly phase: Phase
  readonly adminUrl: string
  readonly startedAt: Date
  readonly requestsPerSecond: number
}

/** What a replica says of itself. */
export function replicaStatus(services: Services, parts: ReplicaParts): ReplicaStatus {
  const { configuration, metrics, spool, replicaId, environment, rates } = services
  const reasons = reasonsOf(services, parts)
  return {
    id: replicaId,
    name: environment.GATEWAY_NAME,
    region: environment.GATEHOUSE_REGION ?? null,
    adminUrl: parts.adminUrl,
    state: stateOf(parts.phase, configuration.loaded, reasons),
    reasons,
    configVersion: configuration.version,
    configAt: configuration.activeAt.toISOString(),
    startedAt: parts.startedAt.toISOString(),
    stats: {
      requestsPerSecond: parts.requestsPerSecond,
      inFlight: metrics.inFlight,
      overheadP50Ms: metrics.recentOverheadMs(0.5),
      overheadP99Ms: metrics.recentOverheadMs(0.99),
      spoolEvents: spool.queued - spool.shippedOwn,
      spoolBytes: spool.unshippedBytes(),
      memoryBytes: process.memoryUsage.rss(),
      version: VERSION,
      rates: rates.uses(),
    },
  }
}

function stateOf(phase: Phase, loaded: boolean, reasons: readonly string[]): ReplicaStatus['state'] {
  if (phase === 'draining') return 'draining'
  if (phase === 'starting' || !loaded) return 'starting'
  return reasons.length > 0 ? 'degraded' : 'ready'
}

function reasonsOf(
  { configuration, spool, redis }: Services,
  { feed, shipper, contentShipper }: ReplicaParts,
): string[] {
  const reasons: string[] = []
  if (!feed.connected) reasons.push('Postgres is away: the configuration held is in force, events wait on disk')
  else if (!shipper.connected) reasons.push('Events cannot be shipped and wait on disk')
  if (spool.failure !== null) reasons.push(`Events cannot be written: ${spool.failure}`)
  else if (!spool.accepts) reasons.push('The spool is full: requests are refused until events are shipped')
  if (shipper.rejected > 0) reasons.push(`${shipper.rejected} events were put aside as unreadable`)
  if (redis && !redis.ready) reasons.push('Redis is away: what replicas share is kept by each for itself')
  const { unreadable } = contentShipper.counts
  if (unreadable > 0) reasons.push(`The content of ${unreadable} requests could not be read and was dropped`)
  const { size } = configuration.problems
  if (size > 0) reasons.push(`${size} configuration document${size > 1 ? 's are' : ' is'} not readable and kept out`)
  return reasons
}
