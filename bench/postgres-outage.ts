import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { databases } from '../lib/platform/database.ts'
import { applyMigrations } from '../lib/platform/migrate.ts'
import { startPostgres } from '../lib/platform/postgres.ts'
import { until } from '../test/gateway.ts'
import { startGovernedSuite } from '../test/governed-suite.ts'
import { sendLoad } from '../test/load.ts'

/**
 * Stops Postgres under load for 60 seconds (or as many as the first argument says) and starts it again: no call may
 * fail, and every answered request must have exactly one event afterwards. Exits with 1 when that does not hold.
 */
const SECONDS = Number(process.argv[2] ?? 60)
const ARRIVAL_MS = 60_000

const home = await mkdtemp(path.join(tmpdir(), 'gatehouse-outage-'))
let postgres = await startPostgres(path.join(home, 'postgres'))
await applyMigrations(postgres.url)
process.env.DATABASE_URL = postgres.url
process.env.GATEHOUSE_HOME = home
process.env.GATEHOUSE_SECRET_KEY = randomBytes(36).toString('base64')
process.env.LOG_LEVEL = 'error'

const suite = await startGovernedSuite()
const answered: string[] = []
let failed = 0
const load = async (count: number) => {
  const options = { url: () => suite.gateway.url, key: suite.key, concurrency: 20 }
  const result = await sendLoad({ ...options, plain: count / 2, streaming: count / 2 })
  answered.push(...result.completed)
  failed += result.failed
}

await load(200)
await databases().system.$disconnect()
await databases().app.$disconnect()
await postgres.stop()
const stopped = Date.now()
while (Date.now() - stopped < SECONDS * 1000) await load(100)
const whileAway = answered.length - 200
postgres = await startPostgres(path.join(home, 'postgres'))
const back = Date.now()
await load(200)
const where = { organizationId: suite.org.id }
const arrived = await until(
  'all events arrive',
  async () => (await databases().system.requestEvent.count({ where })) >= answered.length,
  ARRIVAL_MS,
).catch(() => false)
const took = Date.now() - back
const events = await databases().system.requestEvent.findMany({ where, select: { id: true } })
const ids = new Set(events.map(event => event.id))
const missing = answered.filter(id => !ids.has(id)).length
const twice = events.length - ids.size
await suite.stop()
await databases().system.$disconnect()
await databases().app.$disconnect()
await postgres.stop()
await rm(home, { recursive: true, force: true })

process.stdout.write(
  `Postgres away for ${SECONDS} s: ${whileAway} calls answered meanwhile, ${failed} failed; ` +
    `${missing} events missing, ${twice} twice, all there ${took} ms after its return\n`,
)
process.exit(arrived && failed === 0 && missing === 0 && twice === 0 ? 0 : 1)
