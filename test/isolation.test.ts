import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { makeRequestEvent, recordRequestEvents } from './request-events.ts'

let owner: pg.Client
beforeAll(async () => {
  owner = await connect()
  await owner.query('select ensure_event_partition(current_date)')
})
afterAll(() => owner.end())

async function connect(role?: string): Promise<pg.Client> {
  const options = role ? { options: `-c role=${role}` } : {}
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, ...options })
  await client.connect()
  return client
}

async function column(sql: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(sql)
  return rows.map(row => row.name)
}

const ROLES = ['gatehouse_app', 'gatehouse_system', 'gatehouse_gateway']
const TABLES = "pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
const OWNED = "exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')"

/** What a role may do to a table, such as `insert select`. */
async function rights(role: string, table: string): Promise<string> {
  const kinds = ['delete', 'insert', 'select', 'truncate', 'update']
  const { rows } = await owner.query(
    `select kind from unnest($1::text[]) kind where has_table_privilege($2, $3, kind) order by kind`,
    [kinds, role, table],
  )
  return rows.map(row => row.kind).join(' ')
}

describe('tables', () => {
  test('every one with an organization is kept apart for the portal', async () => {
    const owned = await column(`select c.relname as name from ${TABLES} and not c.relispartition and ${OWNED}`)
    const apart = await column(`
      select c.relname as name from ${TABLES} and not c.relispartition and ${OWNED} and c.relrowsecurity
        and exists (select from pg_policies p where p.tablename = c.relname and 'gatehouse_app' = any(p.roles)
          and p.cmd = 'ALL' and p.qual like '%current_organization()%' and p.with_check like '%current_organization()%')
        and not exists (select from pg_policies p where p.tablename = c.relname
          and ('public' = any(p.roles) or ('gatehouse_app' = any(p.roles) and p.qual not like '%current_organization()%')))`)
    expect(owned.length).toBeGreaterThan(20)
    expect(apart.sort()).toEqual(owned.sort())
  })

  test('those without one cannot be changed by the portal', async () => {
    const shared = await column(`select c.relname as name from ${TABLES} and not c.relispartition and not ${OWNED}`)
    const writable = []
    for (const table of shared) {
      if (/insert|update|delete|truncate/.test(await rights('gatehouse_app', table))) writable.push(table)
    }
    // Its own row is all that a policy shows of this one.
    expect(writable).toEqual(['organizations'])
    expect(await rights('gatehouse_app', '_prisma_migrations')).toBe('')
  })

  test('partitions can be reached through their parent only', async () => {
    const partitions = await column(`select c.relname as name from ${TABLES} and c.relispartition`)
    expect(partitions.length).toBeGreaterThan(0)
    for (const name of partitions) for (const role of ROLES) expect(await rights(role, name)).toBe('')
  })

  test.each(['audit_entries', 'audit_leaves', 'audit_checkpoints'])('%s only grows', async table => {
    expect(await rights('gatehouse_app', table)).toBe('insert select')
    expect(await rights('gatehouse_system', table)).toBe('insert select')
    await expect(owner.query(`delete from ${table}`)).rejects.toThrow(/append-only/)
  })

  test.each(['request_events', 'usage_rollups', 'latency_rollups'])('%s is read-only for the portal', async table => {
    expect(await rights('gatehouse_app', table)).toBe('select')
  })

  test('the gateway has its configuration and its own row', async () => {
    const tables = await column(`select c.relname as name from ${TABLES}`)
    const reached = []
    for (const table of tables) {
      const held = await rights('gatehouse_gateway', table)
      if (held) reached.push(`${table}: ${held}`)
    }
    expect(reached.sort()).toEqual(['gateway_config: select', 'gateway_replicas: delete insert select update'])
  })

  test('the worker’s queue is the worker’s', async () => {
    const open = await column(
      `select r as name from unnest(array['gatehouse_app', 'gatehouse_gateway', 'public']) r
       where r <> 'public' and has_schema_privilege(r, 'pgboss', 'usage')`,
    )
    expect(open).toEqual([])
  })
})

/** What the portal may call of them: it answers for the caller's organization alone. */
const OF_ONE_ORGANIZATION = ['routed_events']

describe('functions with their owner’s rights', () => {
  test('name where temporary tables come, and are not for everybody', async () => {
    const { rows } = await owner.query<{ name: string; path: string | null; everybody: boolean; portal: boolean }>(`
      select p.proname as name, array_to_string(p.proconfig, ' ') as path,
        has_function_privilege('gatehouse_app', p.oid, 'execute') as portal,
        exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0) as everybody
      from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace`)
    expect(rows.length).toBeGreaterThan(3)
    for (const row of rows) {
      const portal = OF_ONE_ORGANIZATION.includes(row.name)
      expect(row).toEqual({ ...row, path: 'search_path=public, pg_temp', everybody: false, portal })
    }
  })

  test('answer for the caller’s organization alone where the portal calls them', async () => {
    const [here, elsewhere, route] = [newId(), newId(), newId()]
    const event = makeRequestEvent(here)
    const decided = {
      id: route,
      name: 'R',
      version: 1,
      origin: 'route',
      candidates: 1,
      failedOverFrom: null,
      translated: null,
    } as const
    await recordRequestEvents([{ ...event, detail: { ...event.detail, route: decided } }])
    const portal = await connect('gatehouse_app')
    const found = async (organization: string) => {
      await portal.query(`select set_config('gatehouse.organization_id', $1, false)`, [organization])
      const query = `select id from routed_events($1, now() - interval '1 day', now() + interval '1 day', 10)`
      return (await portal.query<{ id: string }>(query, [route])).rows.map(({ id }) => id)
    }
    expect([await found(here), await found(elsewhere), await found('')]).toEqual([[event.id], [], []])
    await portal.end()
  })

  test('do not take a caller’s temporary table for ours', async () => {
    const gateway = await connect('gatehouse_gateway')
    try {
      await gateway.query('create temporary table budget_leases (forged int)')
      const query = 'select return_budget_leases(gen_random_uuid())'
      await expect(gateway.query(query)).resolves.toBeTruthy()
    } finally {
      await gateway.end()
    }
  })
})
