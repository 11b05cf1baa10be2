import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { operations } from '#lib/api/registry.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { nameOf, send } from './attack-request.ts'
import { makeVictim, type Victim } from './victim.ts'

let removeDatabase: () => Promise<void>
let owner: pg.Client
let victim: Victim
let tables: string[]

beforeAll(async () => {
  removeDatabase = await takeOwnDatabase()
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await owner.connect()
  victim = await makeVictim()
  const { rows } = await owner.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where a.attname = 'organization_id' and c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace = 'public'::regnamespace order by 1`)
  tables = rows.map(row => row.name)
  await owner.query(`
    create function refuse_entries() returns trigger language plpgsql as
      $$ begin raise exception 'the audit log takes no entries'; end $$;
    create trigger refuse_entries before insert on audit_entries for each row execute function refuse_entries();`)
})
afterAll(async () => {
  await owner?.end()
  await removeDatabase?.()
})

const idOf = (field: string) => victim.ids[field.replace(/s$/, '')] ?? newId()

/** What every table holds of the organization; when a token was last used is no decision. */
async function holdings(): Promise<Record<string, string>> {
  const parts = tables.map(
    table => `select '${table}' as name, md5(coalesce(string_agg((to_jsonb(t) - 'last_used_at')::text, ',' order by
      (to_jsonb(t) - 'last_used_at')::text), '')) as sum from "${table}" t where organization_id = $1`,
  )
  const { rows } = await owner.query<{ name: string; sum: string }>(parts.join(' union all '), [victim.organizationId])
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}

const changing = operations.filter(({ method }) => method !== 'GET')
const failed: string[] = []

describe.each(changing.map(operation => [nameOf(operation), operation] as const))('%s', (name, operation) => {
  test('changes nothing when the audit log takes no entry', async () => {
    const before = await holdings()
    for (const id of operation.path.includes('{') ? Object.values(victim.ids) : ['']) {
      const { status } = await send(operation, { token: victim.token, id, idOf })
      if (status === 500 && !failed.includes(name)) failed.push(name)
    }
    expect(await holdings()).toEqual(before)
  })
})

test('most changes came as far as their entry', () => {
  expect(failed.length, failed.join(', ')).toBeGreaterThan(changing.length / 2)
})
