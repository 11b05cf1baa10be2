import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { listBudgets } from '#lib/budgets/queries.ts'
import { ListBudgetsQuery } from '#lib/budgets/schema.ts'
import { listContent } from '#lib/content-log/queries.ts'
import type { ListContentQuery } from '#lib/content-log/schema.ts'
import { listDlpEvents } from '#lib/dlp-events/queries.ts'
import { ListDlpEventsQuery } from '#lib/dlp-events/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { listRequests } from '#lib/requests/queries.ts'
import type { ListRequestsQuery } from '#lib/requests/schema.ts'
import { makeOrganization, type TestOrganization } from './organization.ts'
import { takeOwnDatabase } from './own-database.ts'

/** Requests of the organization; the oldest 60 are of a rare kind in each respect. */
const MANY = 30_000
/** Rows that a page of 50 may touch. */
const MOST = 3_000

const removeDatabase = await takeOwnDatabase()
afterAll(removeDatabase)

const rare = { key: newId(), person: newId(), model: newId(), provider: newId(), route: newId(), exemption: newId() }
const common = { key: newId(), model: newId(), provider: newId(), route: newId() }
let org: TestOrganization

beforeAll(async () => {
  org = await makeOrganization()
  const owner = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await owner.connect()
  await owner.query(`set session_replication_role = replica; set default_statistics_target = 1000;
    select ensure_event_partition(day::date), ensure_content_partition(day::date)
    from generate_series((now() at time zone 'UTC')::date - 1, (now() at time zone 'UTC')::date, '1 day') day`)
  await owner.query(
    `insert into request_events (id, occurred_at, organization_id, replica_id, key_id, person_id, dialect, path,
      streaming, model_id, provider_id, status, outcome, error_code, usage_state, cost_state, cost_nano_usd, latency_ms,
      overhead_ms, request_bytes, response_bytes, config_version, trace_id, detail)
    select gen_random_uuid(), now() - interval '1 hour' + n * interval '100 ms', $1, $1,
      (case when few then $2 else $3 end)::uuid, case when few then $4::uuid end, 'chat', '/v1/chat/completions', false,
      (case when few then $5 else $6 end)::uuid, (case when few then $7 else $8 end)::uuid,
      case when few then 503 when n < 120 then 301 else 200 end, case when few then 'gateway_error' else 'ok' end,
      case when few then 'rare_code' end, 'measured', 'priced', case when few then 9000000000 + n else n end, case when few then 90000 + n else n % 900 end, 1,
      1, 1, 1, case when few then repeat('a', 32) end,
      json_build_object('route', json_build_object('id', case when few then $9 else $10 end))
    from (select n, n <= 60 as few from generate_series(1, ${MANY}) n) numbered`,
    [
      ...[org.id, rare.key, common.key, rare.person, rare.model, common.model, rare.provider, common.provider],
      ...[rare.route, common.route],
    ],
  )
  const few = `person_id is not null`
  await owner.query(`
    insert into request_contents (id, occurred_at, organization_id, tier, logging, key_id, truncated, plain_bytes, sealed)
    select id, occurred_at, organization_id, case when ${few} then 'Rare' else 'Public' end,
      case when ${few} then 'restricted' else 'full' end, key_id, false, 1, '\\x00' from request_events;
    insert into content_days (organization_id, day, tier, entries, plain_bytes, sealed_bytes)
    select organization_id, occurred_at::date, tier, count(*), 1, 1 from request_contents group by 1, 2, 3;
    insert into dlp_events (id, organization_id, occurred_at, request_id, detector, kind, location, action, shadow,
      count, status, feedback)
    select gen_random_uuid(), organization_id, occurred_at, id, case when ${few} then 'pattern:rare' else 'email' end,
      'email', 'messages[0]', case when ${few} then 'block' else 'log' end, ${few}, 1, status,
      case when ${few} then 'correct' end from request_events`)
  await owner.query(
    `insert into exemption_uses (exemption_id, request_id, organization_id, occurred_at, refused)
    select $1, id, organization_id, occurred_at, false from request_events where ${few}`,
    [rare.exemption],
  )
  await owner.query(
    `insert into models (id, organization_id, provider_id, identifier, display_name, upstream_model, dialects, updated_at)
    select id, $1, provider, id::text, '', '', '{chat}', now() from (values ($2::uuid, $3::uuid), ($4, $5)) m(id, provider)`,
    [org.id, rare.model, rare.provider, common.model, common.provider],
  )
  await owner.query(
    `insert into budgets (id, organization_id, name, scope, "window", limit_nano_usd, thresholds, key_id)
    select gen_random_uuid(), $1, 'Key ' || n, 'key', '{"kind":"month","timeZone":"UTC"}', 1, '[]', gen_random_uuid()
    from generate_series(1, ${MANY}) n`,
    [org.id],
  )
  await owner.query('analyze')
  await owner.end()
})

type Listed = { data: readonly unknown[] }

/** How many entries a list gives, and how many rows of tables were touched for it. */
function touched(list: (ctx: Context) => Promise<Listed>): Promise<{ listed: number; rows: number }> {
  return read(org.admin, async tx => {
    const soFar = async () => {
      const [counted] = await tx.$queryRaw<[{ rows: number }]>`
        select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables`
      return counted.rows
    }
    const before = await soFar()
    const { data } = await list({ ...org.admin, tx })
    return { listed: data.length, rows: (await soFar()) - before }
  })
}

const REQUESTS: (() => ListRequestsQuery)[] = [
  () => ({}),
  () => ({ keyId: rare.key }),
  () => ({ personId: rare.person }),
  () => ({ modelId: rare.model }),
  () => ({ providerId: rare.provider }),
  () => ({ routeId: rare.route }),
  () => ({ exemptionId: rare.exemption }),
  () => ({ status: '503' }),
  () => ({ status: '5xx' }),
  () => ({ status: '301' }),
  () => ({ status: '3xx' }),
  () => ({ status: '2xx' }),
  () => ({ outcome: 'gateway_error' }),
  () => ({ search: 'rare_code' }),
  () => ({ minCostUsd: '5' }),
  () => ({ minLatencyMs: 80_000 }),
  () => ({ sort: 'cost' }),
  () => ({ sort: 'latency' }),
  () => ({ search: 'a'.repeat(32) }),
]
const NO_REQUESTS: (() => ListRequestsQuery)[] = [
  () => ({ keyId: newId() }),
  () => ({ teamId: newId() }),
  () => ({ modelId: newId() }),
  () => ({ providerId: newId() }),
  () => ({ routeId: newId() }),
  () => ({ exemptionId: newId() }),
  () => ({ status: '1xx' }),
  () => ({ outcome: 'incomplete' }),
  () => ({ minCostUsd: '100' }),
  () => ({ minLatencyMs: 100_000 }),
  () => ({ search: newId() }),
]
const CONTENT: (() => ListContentQuery)[] = [
  () => ({}),
  () => ({ tier: 'Rare' }),
  () => ({ tier: 'Public' }),
  () => ({ logging: 'restricted' }),
  () => ({ logging: 'full' }),
  () => ({ tier: 'Rare', logging: 'restricted' }),
  () => ({ keyId: rare.key }),
  () => ({ personId: rare.person }),
  () => ({ modelId: rare.model }),
  () => ({ modelId: rare.model, tier: 'Rare' }),
]
const NO_CONTENT: (() => ListContentQuery)[] = [
  () => ({ tier: 'None' }),
  () => ({ tier: 'Public', logging: 'restricted' }),
  () => ({ keyId: common.key, logging: 'restricted' }),
  () => ({ keyId: common.key, tier: 'Rare' }),
  () => ({ teamId: newId() }),
  () => ({ modelId: newId() }),
]
const DLP: object[] = [
  {},
  { detector: 'pattern:rare' },
  { action: 'block' },
  { action: 'log' },
  { shadow: 'true' },
  { shadow: 'false' },
  { feedback: 'correct' },
  { feedback: 'none' },
]
const NO_DLP: object[] = [
  { detector: 'other' },
  { action: 'mask' },
  { feedback: 'false_positive' },
  { detector: 'email', action: 'block' },
  { detector: 'email', shadow: 'true' },
]

describe('a page of a big organization touches few rows, whatever is asked for', () => {
  const every = <T>(
    name: string,
    found: readonly T[],
    none: readonly T[],
    list: (ctx: Context, query: T) => Promise<Listed>,
  ) =>
    test(name, async () => {
      for (const [queries, listed] of [
        [found, 50],
        [none, 0],
      ] as const) {
        for (const query of queries) {
          const told = await touched(ctx => list(ctx, query))
          const asked = JSON.stringify(typeof query === 'function' ? query() : query)
          expect([asked, told.listed]).toEqual([asked, listed])
          expect(told.rows, `${asked} touches ${told.rows} rows`).toBeLessThan(MOST)
        }
      }
    })

  every('requests', REQUESTS, NO_REQUESTS, (ctx, query) => listRequests(ctx, query()))
  every('kept content', CONTENT, NO_CONTENT, (ctx, query) => listContent(ctx, query()))
  every('findings', DLP, NO_DLP, (ctx, query) => listDlpEvents(ctx, ListDlpEventsQuery.parse(query)))
  every('budgets', [], [{}, { state: 'all' }, { scope: 'team' }, { search: 'Key' }], (ctx, query) =>
    listBudgets(ctx, ListBudgetsQuery.parse(query)),
  )
})

test.each([
  [
    'a common route',
    () => ({ routeId: common.route }),
    `detail->'route'->>'id' = '${common.route}'`,
    'occurred_at desc',
  ],
  ['the dearest', () => ({ sort: 'cost' as const }), 'true', 'cost_nano_usd desc'],
  ['the slowest', () => ({ sort: 'latency' as const }), 'true', 'latency_ms desc'],
  ['the dear', () => ({ minCostUsd: '9' }), 'cost_nano_usd >= 9000000000', 'occurred_at desc'],
])('pages of %s follow each other as they do in the table', async (_, query, where, order) => {
  const owner = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await owner.connect()
  const told = `select id from request_events where organization_id = $1 and ${where} order by ${order}, id desc limit 75`
  const expected = (await owner.query<{ id: string }>(told, [org.id])).rows.map(({ id }) => id)
  await owner.end()
  const listed: string[] = []
  let cursor: string | null = null
  do {
    const page = await listRequests(org.admin, { ...query(), limit: 25, ...(cursor ? { cursor } : {}) })
    listed.push(...page.data.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor && listed.length < expected.length)
  expect(listed).toEqual(expected)
})
