import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashSecret, parseKey } from '#core/api-key.ts'
import { SANDBOX_MODELS } from '#core/catalog/sandbox-models.ts'
import { CONFIG_DOCUMENTS, type ConfigKind } from '#core/contracts/config-documents.ts'
import { Evidence, hashEvidence } from '#core/evidence/evidence.ts'
import { newId } from '#core/ids.ts'
import { ROLES } from '#core/permissions.ts'
import { bucketOf } from '#core/stats/histogram.ts'
import { lastOccasion } from '#lib/failover-drills/drill-occasions.ts'
import { type Databases, openDatabases } from '#lib/platform/database.ts'
import { applyMigrations } from '#lib/platform/migrate.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { type SeedResult, seed } from './run.ts'

let home: string
let url: string
let first: SeedResult
let db: Databases
let query: <T>(text: string) => Promise<T[]>
let failure: { error: Error; organizations: number } | null
let finish: () => Promise<void>

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'gatehouse-seed-'))
  const here = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await here.connect()
  const name = `seed_${newId().replaceAll('-', '')}`
  await here.query(`create database ${name}`)
  url = String(process.env.DATABASE_URL).replace(/\/[^/]*$/, `/${name}`)
  await applyMigrations(url)
  db = openDatabases(url, 2)
  query = text => db.system.$queryRawUnsafe(text)
  failure = await seed('demo', { databaseUrl: url, sandboxUrl: 'http://127.0.0.1:4010', home: '/dev/null/none' }).then(
    () => null,
    async (error: Error) => ({ error, organizations: await db.system.organization.count() }),
  )
  // As a seed leaves it that was killed before its organization appeared; only the owner may write this table.
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  await owner.query(`insert into latency_rollups (hour, organization_id, measure, bucket, count)
    values (now(), '${newId()}', 'total', 1, 1)`)
  await owner.end()
  first = await seed('demo', { databaseUrl: url, sandboxUrl: 'http://127.0.0.1:4010', home })
  finish = async () => {
    await Promise.all([db.app.$disconnect(), db.system.$disconnect()])
    await here.query(`drop database ${name} with (force)`)
    await here.end()
    await rm(home, { recursive: true, force: true })
  }
}, 240_000)

afterAll(() => finish())

test('seeding again changes nothing and gives the same key', async () => {
  const before = await query('select count(*)::int as n from audit_entries')
  expect(await seed('demo', { databaseUrl: url, sandboxUrl: 'http://elsewhere.test', home })).toEqual(first)
  expect(await query('select count(*)::int as n from audit_entries')).toEqual(before)
  expect(await db.system.organization.count()).toBe(1)
})

test('what a killed seed left is gone', async () => {
  const left =
    'select count(*)::int as n from latency_rollups where organization_id not in (select id from organizations)'
  expect(await query(left)).toEqual([{ n: 0 }])
})

test('a key that cannot be kept leaves nothing behind', () => {
  expect(failure).toMatchObject({ organizations: 0, error: { code: 'ENOTDIR' } })
})

test('the empty scenario adds nothing', async () => {
  expect(await seed('empty', { databaseUrl: url, sandboxUrl: 'http://elsewhere.test', home })).toEqual({})
})

test('the rollups are exactly the sums of the events', async () => {
  const sums = (prefix: string, write: string) => `
    ${prefix}::text as requests, sum(${write})::text as writes, sum(input_tokens)::text as input,
    sum(cached_input_tokens)::text as cached, sum(output_tokens)::text as output,
    sum(reasoning_tokens)::text as reasoning, sum(cost_nano_usd)::text as cost`
  const writes = 'coalesce(cache_write_5m_tokens, 0) + coalesce(cache_write_1h_tokens, 0)'
  const events = await query(`select team_id, model_id, ${sums('count(*)', writes)}
    from request_events group by 1, 2 order by 1, 2`)
  const rollups = await query(`select team_id, model_id, ${sums('sum(requests)', 'cache_write_tokens')}
    from usage_rollups group by 1, 2 order by 1, 2`)
  const known = (rows: Record<string, unknown>[]) =>
    rows.map(row => Object.fromEntries(Object.entries(row).map(([field, value]) => [field, value ?? '0'])))
  expect(events.length).toBeGreaterThan(15)
  expect(known(rollups as [])).toEqual(known(events as []))
})

test('the latency histogram holds every answered request in its bucket', async () => {
  const answered = await query<{ ms: number }>(`select latency_ms as ms from request_events where outcome = 'ok'`)
  const expected = new Map<number, number>()
  for (const { ms } of answered) expected.set(bucketOf(ms), (expected.get(bucketOf(ms)) ?? 0) + 1)
  const stored = await query<{ bucket: number; n: number }>(
    `select bucket, sum(count)::int as n from latency_rollups where measure = 'total' group by 1`,
  )
  expect(new Map(stored.map(row => [row.bucket, row.n]))).toEqual(expected)
})

test('ninety days up to now, none in the future, every day with requests', async () => {
  const [span] = await query<{ n: number; days: number; ahead: number; recent: number }>(`
    select count(*)::int as n, count(distinct (occurred_at at time zone 'UTC')::date)::int as days,
      count(*) filter (where occurred_at > now())::int as ahead,
      count(*) filter (where occurred_at > now() - interval '24 hours')::int as recent from request_events`)
  expect(span).toMatchObject({ days: 90, ahead: 0 })
  expect(span?.n).toBeGreaterThan(60_000)
  expect(span?.n).toBeLessThan(95_000)
  expect(span?.recent).toBeGreaterThan(100)
})

test('the audit log runs forward in time', async () => {
  const [wrong] = await query<{ n: number }>(`select count(*)::int as n from (select occurred_at,
    lag(occurred_at) over (order by sequence) as before from audit_entries) e where before > occurred_at or occurred_at > now()`)
  expect(wrong?.n).toBe(0)
})

test('content is kept of tiers that keep it, since the content log was switched on, and audits find it in order', async () => {
  const kept = await query<{ tier: string; n: number; odd: number }>(`
    select c.tier, count(*)::int as n, count(*) filter (where e.detail->>'content' is distinct from c.logging)::int as odd
    from request_contents c join request_events e on e.occurred_at = c.occurred_at and e.id = c.id group by 1 order by 1`)
  expect(kept).toMatchObject([
    { tier: 'Internal', odd: 0 },
    { tier: 'Public', odd: 0 },
  ])
  for (const { n } of kept) expect(n).toBeGreaterThan(50)
  const [missing] = await query<{ n: number }>(`
    select count(*)::int as n from request_events e where detail->>'content' in ('full', 'restricted')
      and not exists (select from request_contents c where c.occurred_at = e.occurred_at and c.id = e.id)`)
  expect(missing?.n).toBe(0)
  const audits = await db.system.contentAudit.findMany()
  expect(audits.length).toBeGreaterThan(1)
  expect(audits.map(audit => audit.violations)).toEqual(audits.map(() => 0))
})

test('every role has a persona, and every state of a key an example', async () => {
  const personas = await db.system.person.findMany({ where: { title: { not: null } } })
  expect(new Set(personas.flatMap(person => person.roles))).toEqual(new Set(Object.keys(ROLES)))
  const keys = await db.system.apiKey.findMany()
  const inDays = (days: number) => Date.now() + days * 86_400_000
  expect(keys.some(key => key.revokedAt)).toBe(true)
  expect(keys.some(key => key.expiresAt.getTime() < Date.now())).toBe(true)
  expect(keys.some(key => key.graceUntil && key.graceUntil.getTime() > Date.now())).toBe(true)
  expect(keys.some(key => key.expiresAt.getTime() > Date.now() && key.expiresAt.getTime() <= inDays(5))).toBe(true)
  const asked = await db.system.keyRequest.count()
  const automatic = await db.system.keyRequest.count({ where: { automatic: true } })
  expect(automatic / asked).toBeCloseTo(0.94, 2)
})

test('the demonstration key is kept for its owner alone and stored as a hash', async () => {
  const file = path.join(home, 'demo-key')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readFile(file, 'utf8')).trim()).toBe(first.demoKey)
  const parsed = parseKey(first.demoKey ?? '')
  const row = await db.system.apiKey.findUniqueOrThrow({ where: { publicId: parsed?.publicId ?? '' } })
  expect(Buffer.from(row.secretHash)).toEqual(hashSecret(secretKey('api-key-hash'), parsed?.secret ?? ''))
  const models = await db.system.model.findMany({ where: { id: { in: row.modelIds } } })
  expect(models.map(model => model.identifier.includes('sandbox'))).toEqual(models.map(() => true))
  expect(models).toHaveLength(SANDBOX_MODELS.length)
})

test('every governed record is published in its contract’s form', async () => {
  const documents = await db.system.gatewayConfig.findMany()
  for (const { kind, doc } of documents) CONFIG_DOCUMENTS[kind as ConfigKind].parse(doc)
  const counts = await Promise.all([
    db.system.team.count(),
    db.system.provider.count(),
    db.system.model.count(),
    db.system.apiKey.count(),
    db.system.budget.count({ where: { keyId: null, exemptionId: null } }),
    db.system.rateLimit.count(),
    db.system.tier.count(),
    db.system.guardrail.count(),
    db.system.dataSource.count(),
    db.system.cachePolicy.count(),
    db.system.route.count(),
    db.system.exemption.count({ where: { status: 'approved', kind: { not: 'tool_policy' } } }),
    db.system.workload.count(),
    // What each of its people has acknowledged.
    db.system.person.count({ where: { status: 'active' } }),
  ])
  // The organization itself, and the key of its content log.
  expect(documents.length).toBe(2 + counts.reduce((sum, count) => sum + count, 0))
  expect(await db.system.budget.count({ where: { keyId: null, exemptionId: null } })).toBe(7)
  expect(await db.system.route.count()).toBe(5)
})

test('the last drills of the plan are on record, so that none begins by itself at the first start', async () => {
  const [organization] = await db.system.organization.findMany()
  const due = lastOccasion({ every: 'month', hour: 3 }, new Date())
  const drills = await db.system.failoverDrill.findMany({ where: { occasion: 'schedule', createdAt: { gte: due } } })
  const plan = await db.system.failoverDrillPlan.findUniqueOrThrow({
    where: { organizationId: organization?.id ?? '' },
  })
  expect(drills.map(drill => drill.modelId).sort()).toEqual(plan.modelIds.sort())
  for (const drill of await db.system.failoverDrill.findMany()) {
    expect(drill.evidenceHash).toBe(hashEvidence(Evidence.parse(drill.evidence)))
  }
})

test('the cache saved something believable, and its hits cost nothing', async () => {
  const rows = await query<{ name: string; hits: number; misses: number; saved: number }>(`
    select p.name, sum(r.hits)::int as hits, sum(r.misses)::int as misses, sum(r.saved_nano_usd)::float8 as saved
    from cache_rollups r join cache_policies p on p.id = r.policy_id group by 1 order by 1`)
  expect(rows.map(row => row.name)).toEqual(['Catalog enrichment', 'Product search', 'Ticket triage'])
  for (const { hits, misses, saved } of rows) {
    expect(hits).toBeGreaterThan(20)
    expect(hits).toBeLessThan(misses)
    expect(saved).toBeGreaterThan(0)
  }
  const [wrong] = await query<{ n: number }>(`select count(*)::int as n from request_events
    where detail->'cache'->>'outcome' = 'hit' and (cost_nano_usd is not null or usage_state <> 'none' or latency_ms > 20)`)
  expect(wrong?.n).toBe(0)
})

test('another organization sees none of it', async () => {
  const seen = await db.app.$transaction(async tx => {
    await tx.$executeRaw`select set_config('gatehouse.organization_id', ${newId()}, true)`
    return [await tx.person.count(), await tx.requestEvent.count(), await tx.usageRollup.count()]
  })
  expect(seen).toEqual([0, 0, 0])
})

test('a model of its own has a version that answers and one that waits for its sign-off', async () => {
  const versions = await db.system.modelVersion.findMany({ orderBy: { createdAt: 'asc' }, include: { model: true } })
  expect(versions.map(({ label, signedOffAt, inServiceSince }) => [label, !!signedOffAt, !!inServiceSince])).toEqual([
    ['1.0.0', true, true],
    ['1.1.0', false, false],
  ])
  const where = { kind: 'model_sign_off', subjectId: versions[1]?.id, state: 'pending' }
  expect(await db.system.approvalRequest.count({ where })).toBe(1)
  const published = await db.system.gatewayConfig.findFirst({ where: { kind: 'model', id: versions[0]?.modelId } })
  expect(published?.doc).toMatchObject({
    own: { version: '1.0.0', signedOff: true },
    upstreamModel: 'sandbox-gpt-mini',
    lifecycle: 'approved',
  })
})
