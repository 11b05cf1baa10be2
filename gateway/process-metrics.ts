import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client'
import type { AnswerCache } from './cache/answer-cache.ts'
import type { Configuration } from './config/configuration.ts'
import type { ConfigFeed } from './config/feed.ts'
import type { Shipper } from './events/ship.ts'
import type { Spool } from './events/spool.ts'
import type { Redis } from './redis.ts'

/** What the figures of a replica are read from. */
export interface ProcessParts {
  readonly configuration: Configuration
  readonly feed: ConfigFeed
  readonly spool: Spool
  readonly shipper: Shipper
  readonly redis: Redis | null
  readonly answers: AnswerCache
  readonly version: string
  state(): string
}

const STATES = ['starting', 'ready', 'degraded', 'draining'] as const

/** Registers what Prometheus is told of a replica itself: its state, configuration, spool, event loop and memory. */
export function watchProcess(registry: Registry, parts: ProcessParts): void {
  const { configuration, feed, spool, shipper, redis, answers } = parts
  collectDefaultMetrics({ register: registry })
  gauge(registry, 'spool_bytes', 'Bytes of events not yet shipped', () => spool.unshippedBytes())
  gauge(registry, 'spool_events', 'Events of this process not yet shipped', () => spool.queued - spool.shippedOwn)
  gauge(registry, 'spool_writable', '1 while events can be written, 0 while requests are refused', () =>
    Number(spool.accepts),
  )
  gauge(registry, 'events_rejected', 'Events that Postgres refused for good, put aside on disk', () => shipper.rejected)
  gauge(registry, 'postgres_connected', '1 while the configuration feed has its connection', () =>
    Number(feed.connected),
  )
  if (redis) gauge(registry, 'redis_connected', '1 while Redis answers', () => Number(redis.ready))
  gauge(registry, 'cache_entries', 'Answers that the cache holds in memory', () => answers.entries)
  gauge(registry, 'cache_bytes', 'Bytes that the cache holds in memory', () => answers.bytes)
  gauge(registry, 'config_version', 'Configuration version in force', () => Number(configuration.version))
  gauge(registry, 'config_lag_seconds', 'Time since the configuration was last known to be the newest', () =>
    feed.currentAt === null ? Number.NaN : (performance.now() - feed.currentAt) / 1_000,
  )
  gauge(registry, 'config_problems', 'Configuration documents kept out', () => configuration.problems.size)
  watchState(registry, parts)
}

function watchState(registry: Registry, parts: ProcessParts): void {
  const registers = [registry]
  new Gauge({
    name: 'gatehouse_gateway_state',
    help: '1 for the state the replica is in',
    labelNames: ['state'],
    registers,
    collect() {
      const state = parts.state()
      for (const one of STATES) this.set({ state: one }, Number(one === state))
    },
  })
  new Gauge({
    name: 'gatehouse_gateway_build_info',
    help: 'The version that runs, as a label',
    labelNames: ['version'],
    registers,
  }).set({ version: parts.version }, 1)
}

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name: `gatehouse_gateway_${name}`,
    help,
    registers: [registry],
    collect() {
      this.set(value())
    },
  })
}
