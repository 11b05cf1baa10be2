import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeVictim, type Victim } from './attack/victim.ts'
import { takeOwnDatabase } from './own-database.ts'

const LIB = path.resolve(import.meta.dirname, '../lib')
const DELETES = /\.(\w+)\.(?:delete|deleteMany)\(|delete from (\w+)/g

/** What verbs may remove, each with where it leaves its trace or why it is no record of governance. */
const REMOVED: Readonly<Record<string, string>> = {
  artifactRemote: 'an address with a password; who took it away is audited',
  channelInteraction: 'presses of buttons, remembered for a day',
  contentDay: 'content past its retention',
  detectorPattern: 'of a rule whose versions stay, its removal the last of them',
  dlpEvent: 'findings past their retention',
  groupMapping: 'what groups of the identity provider mean; who changed it is audited',
  guardrail: 'its versions stay, its removal the last of them',
  idempotencyRecord: 'answers kept for those who ask again',
  membership: 'who is in a team now; who left is audited',
  notification_deliveries: 'the log of messages past its retention',
  provider: 'one that no model was ever on; its versions stay, its removal the last of them',
  requestContent: 'content past its retention',
  requestEvent: 'requests past their retention',
  riskControl: 'what makes a risk smaller; the versions of the risk say what did',
  savedView: 'a person’s own way to look at a list',
  signInLink: 'links that nobody used, replaced by another',
  apiKey: 'keys of the playground that have expired',
}

test('no verb removes a record of governance', () => {
  const removed = new Set<string>()
  for (const file of readdirSync(LIB, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue
    const text = readFileSync(path.join(LIB, file), 'utf8')
    for (const [, model, table] of text.matchAll(DELETES)) removed.add(model ?? table ?? '')
  }
  expect([...removed].sort()).toEqual(Object.keys(REMOVED).sort())
})

/** Records that count their versions themselves are found by their column; these are counted by their history alone. */
const COUNTED_BY_HISTORY = ['providers', 'guardrails']
/** They are versions themselves, or count what is no record of its own. */
const NO_RECORDS = [
  'record_versions',
  'approval_policy_versions',
  'gateway_config',
  'policy_versions',
  'model_version_uses',
]

describe('every governed record of an organization', () => {
  let owner: pg.Client
  let victim: Victim
  let removeDatabase: () => Promise<void>
  let tables: string[]
  beforeAll(async () => {
    removeDatabase = await takeOwnDatabase()
    owner = new pg.Client({ connectionString: process.env.DATABASE_URL })
    await owner.connect()
    victim = await makeVictim()
    tables = (await rows<{ name: string }>(COUNTING)).map(({ name }) => name)
  })
  afterAll(async () => {
    await owner?.end()
    await removeDatabase?.()
  })

  const COUNTING = `
    select c.relname as name from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relispartition
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'version')
    order by 1`

  async function rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await owner.query<T>(sql, values)).rows
  }

  const governed = () => [...tables.filter(table => !NO_RECORDS.includes(table)), ...COUNTED_BY_HISTORY]

  test('has a table that this suite knows, with a record in it', async () => {
    expect(governed().length).toBeGreaterThan(15)
    const empty = []
    for (const table of governed()) {
      const [row] = await rows<{ some: boolean }>(
        `select exists (select from "${table}" where organization_id = $1) as some`,
        [victim.organizationId],
      )
      if (!row?.some) empty.push(table)
    }
    // A stage is kept once the board has advanced one: its own suite does.
    expect(empty).toEqual(['maturity_stages'])
  })

  test('has each of its versions kept, with author and entry in the audit log', async () => {
    const missing = []
    for (const table of governed()) {
      const counted = COUNTED_BY_HISTORY.includes(table) ? '1' : 'r.version'
      const key = table === 'maturity_stages' ? 'r.organization_id' : 'r.id'
      const found = await rows<{ id: string; version: number }>(
        `select ${key} as id, ${counted} as version from "${table}" r where r.organization_id = $1 and (
          (select count(*) from record_versions v where v.organization_id = $1 and v.record_id = ${key}
            and v.version <= ${counted} and v.author_name <> '') <> ${counted}
          or not exists (select from audit_entries a where a.organization_id = $1 and a.subject_id = ${key}::text))`,
        [victim.organizationId],
      )
      missing.push(...found.map(({ id, version }) => `${table} ${id} version ${version}`))
    }
    expect(missing).toEqual([])
  })

  test('cannot be changed in its versions, nor lose them', async () => {
    const app = new pg.Client({ connectionString: process.env.DATABASE_URL, options: '-c role=gatehouse_app' })
    await app.connect()
    try {
      await app.query(`select set_config('gatehouse.organization_id', $1, false)`, [victim.organizationId])
      await expect(app.query(`update record_versions set reason = 'another'`)).rejects.toThrow()
      await expect(app.query('delete from record_versions')).rejects.toThrow()
    } finally {
      await app.end()
    }
  })
})
