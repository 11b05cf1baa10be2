import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { applyMigrations } from '#lib/platform/migrate.ts'
import { startPostgres } from '#lib/platform/postgres.ts'

/** One real Postgres for the whole run; every suite makes an organization of its own in it. */
export default async function setup(): Promise<() => Promise<void>> {
  const home = await mkdtemp(path.join(tmpdir(), 'gatehouse-test-'))
  const postgres = await startPostgres(path.join(home, 'postgres'))
  await applyMigrations(postgres.url)
  process.env.DATABASE_URL = postgres.url
  process.env.GATEHOUSE_HOME = home
  process.env.GATEHOUSE_SECRET_KEY = randomBytes(36).toString('base64')
  process.env.LOG_LEVEL = 'fatal'
  return async () => {
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  }
}
