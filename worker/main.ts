import { databases } from '#lib/platform/database.ts'
import { env } from '#lib/platform/env.ts'
import { deliverContinually } from './jobs/deliver-notifications.ts'
import { endExemptionsContinually } from './jobs/end-exemptions.ts'
import { runDrillsContinually } from './jobs/run-drills.ts'
import { sealAuditContinually } from './jobs/seal-audit.ts'
import { WorkerMetrics } from './metrics.ts'
import { serveObservation } from './observe.ts'
import { startQueue } from './queue.ts'

/** A worker whose round takes longer than this hangs, and is better started again. */
const STUCK_MS = 300_000

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

try {
  const { WORKER_HOST, WORKER_PORT, GATEHOUSE_HOST } = env()
  const metrics: WorkerMetrics = new WorkerMetrics(() => queue.depths())
  const queue = await startQueue((job, result, ms) => metrics.ended(job, result, ms))
  let turnedAt = performance.now()
  const observation =
    WORKER_PORT === undefined
      ? null
      : await serveObservation({
          host: WORKER_HOST ?? GATEHOUSE_HOST,
          port: WORKER_PORT,
          metrics,
          isHealthy: () => performance.now() - turnedAt < STUCK_MS,
        })
  // `npm start` waits for this line.
  process.stdout.write('ready\n')
  const sealing = sealAuditContinually(stopping.signal, (result, ms) => {
    turnedAt = performance.now()
    metrics.ended('seal-audit', result, ms)
  })
  const rounds = [runDrillsContinually, deliverContinually, endExemptionsContinually]
  await Promise.all([sealing, ...rounds.map(round => round(stopping.signal))])
  observation?.close()
  await queue.stop()
  await Promise.all(Object.values(databases()).map(client => client.$disconnect()))
  process.exit(0)
} catch (error) {
  process.stderr.write(`The worker cannot go on: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
