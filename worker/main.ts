import { databases } from '#lib/platform/database.ts'
import { env } from '#lib/platform/env.ts'
import { runDrillsContinually } from './jobs/run-drills.ts'
import { sealAuditContinually } from './jobs/seal-audit.ts'
import { startQueue } from './queue.ts'

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

try {
  env()
  const queue = await startQueue()
  // `npm start` waits for this line.
  process.stdout.write('ready\n')
  await Promise.all([sealAuditContinually(stopping.signal), runDrillsContinually(stopping.signal)])
  await queue.stop()
  await Promise.all(Object.values(databases()).map(client => client.$disconnect()))
  process.exit(0)
} catch (error) {
  process.stderr.write(`The worker cannot go on: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
