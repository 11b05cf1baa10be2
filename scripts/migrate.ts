import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { diffSchema, pendingMigrations } from '#lib/platform/migrate.ts'
import { joinDatabase, migrate } from './launch/database.ts'
import { type Installation, ROOT, readInstallation } from './launch/environment.ts'
import { Hindrance, main, say } from './launch/progress.ts'

const USAGE = 'npm run migrate -- deploy | status | create <name>'

await main(async () => {
  const [verb, name] = process.argv.slice(2)
  const verbs: Record<string, (url: string) => Promise<number>> = { deploy, status, create: url => create(url, name) }
  const run = verbs[verb ?? '']
  if (!run) throw new Hindrance(`Usage: ${USAGE}`)
  return withDatabase(await readInstallation('production'), run)
})

async function withDatabase(installation: Installation, run: (url: string) => Promise<number>): Promise<number> {
  const database = await joinDatabase(installation)
  try {
    return await run(database.url)
  } finally {
    await database.stop()
  }
}

async function deploy(url: string): Promise<number> {
  const applied = await migrate(url)
  for (const migration of applied) say(`applied ${migration}`)
  if (applied.length === 0) say('nothing to apply')
  return 0
}

/** Exit code 1 when something waits, so that a pipeline can ask. */
async function status(url: string): Promise<number> {
  const pending = await pendingMigrations(url)
  for (const migration of pending) say(`pending ${migration}`)
  say(
    pending.length === 0
      ? 'the database is up to date'
      : `${pending.length} migrations wait: npm run migrate -- deploy`,
  )
  return pending.length === 0 ? 0 : 1
}

/** Writes what leads from the database, brought up to date first, to the schema files. */
async function create(url: string, name = ''): Promise<number> {
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) throw new Hindrance('Name it in lower case, as in: create add_budgets')
  await migrate(url)
  const sql = await diffSchema(url, 'database')
  if (!sql) {
    say('the schema files and the database do not differ')
    return 0
  }
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = path.join(ROOT, 'prisma/migrations', `${time}_${name}`)
  await mkdir(folder)
  await writeFile(path.join(folder, 'migration.sql'), `${sql}\n`)
  say(
    `wrote ${path.relative(ROOT, folder)}/migration.sql; read it, give new tables isolate_by_organization, then deploy`,
  )
  return 0
}
