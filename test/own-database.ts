import pg from 'pg'
import { newId } from '#core/ids.ts'
import { databases } from '#lib/platform/database.ts'
import { applyMigrations } from '#lib/platform/migrate.ts'

/**
 * Gives the suite a database of its own, for what looks at every organization: a worker that another suite runs would
 * get in its way. Call it before anything else; returns what removes the database again.
 */
export async function takeOwnDatabase(): Promise<() => Promise<void>> {
  const shared = String(process.env.DATABASE_URL)
  const owner = new pg.Client({ connectionString: shared })
  await owner.connect()
  const name = `suite_${newId().replaceAll('-', '')}`
  await owner.query(`create database ${name}`)
  process.env.DATABASE_URL = shared.replace(/\/[^/]*$/, `/${name}`)
  await applyMigrations(process.env.DATABASE_URL)
  return async () => {
    await Promise.all(Object.values(databases()).map(client => client.$disconnect()))
    await owner.query(`drop database ${name} with (force)`)
    await owner.end()
  }
}
