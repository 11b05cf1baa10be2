import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { RequestEvent } from '#core/contracts/request-event.ts'
import { type Databases, openDatabases } from '#lib/platform/database.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { writeContent } from './content/write-content.ts'
import { throughCache } from './history/cache.ts'
import { drawHistory, type HistoryParts } from './history/history.ts'
import { RUNAWAY_KEY } from './northwind/keys.ts'
import { SECURITY } from './northwind/people.ts'
import { seededRandom } from './random.ts'
import { DAY_MS, type Scenario } from './scenario.ts'
import { writeApprovals } from './write-approvals.ts'
import { writeBoard, writeNextMeeting } from './write-board.ts'
import { writeBoardPolicies } from './write-board-request.ts'
import { writeBudgets } from './write-budgets.ts'
import { type SeededCachePolicy, writeCachePolicies } from './write-cache-policies.ts'
import { writeCatalog } from './write-catalog.ts'
import { writeDataSources } from './write-data-sources.ts'
import { writeDrills } from './write-drills.ts'
import { NOTE_EXEMPTED_CALLS, writeExemptions } from './write-exemptions.ts'
import { writeKeys } from './write-keys.ts'
import { writeMaturity } from './write-maturity.ts'
import { writeModelGovernance } from './write-model-governance.ts'
import { writeNotifications } from './write-notifications.ts'
import { seedContext, writeOrganization } from './write-organization.ts'
import { writeOwnModel } from './write-own-model.ts'
import { writePolicies } from './write-policies.ts'
import { writeRateLimits } from './write-rate-limits.ts'
import { writeAudit, writeNotices } from './write-record.ts'
import { writeRisks } from './write-risks.ts'
import { writeRoutes } from './write-routes.ts'
import { writeWorkloads } from './write-workloads.ts'

export interface SeedOptions {
  databaseUrl: string
  /** Where the sandbox provider listens. */
  sandboxUrl: string
  /** Data directory of the installation; the demonstration key is written to `demo-key` in it. */
  home: string
}

export interface SeedResult {
  organizationId?: string
  /** The demonstration key's text, also on later runs while its file is there. */
  demoKey?: string
}

const SEED = 20_251_121
const CACHE_SEED = 60
const BATCH = 2_000
const TIMEOUT_MS = 600_000
const KEY_FILE = 'demo-key'

/**
 * Fills a fresh database with a named scenario, all of it or nothing. `demo` is the fictitious company
 * Northwind with ninety days of history up to now; `empty` adds nothing, so that set-up begins with the
 * first administrator. Does nothing when an organization exists.
 */
export async function seed(scenario: 'demo' | 'empty', options: SeedOptions): Promise<SeedResult> {
  if (scenario === 'empty') return {}
  const { app, system } = openDatabases(options.databaseUrl, 4)
  try {
    const existing = await system.organization.findFirst({ select: { id: true }, orderBy: { createdAt: 'asc' } })
    if (existing) return { organizationId: existing.id, ...(await keptKey(options.home)) }
    await removeOrphans(system)
    const result = await writeDemo(system, options)
    await asOwner(options.databaseUrl, [COUNT_RATE_LIMIT_HITS, NOTE_EXEMPTED_CALLS, TEND])
    return result
  } finally {
    await Promise.all([app.$disconnect(), system.$disconnect()])
  }
}

type SeededParts = HistoryParts & { cachePolicies: SeededCachePolicy[] }

async function writeDemo(
  system: Databases['system'],
  { sandboxUrl, home }: SeedOptions,
): Promise<Required<SeedResult>> {
  const random = seededRandom(SEED)
  const now = Date.now()
  const scenario: Scenario = { now, random, organizationId: random.id(now) }
  const write = async (tx: Transaction) => {
    const parts = await writeRecords(tx, scenario, sandboxUrl)
    await keepKey(home, parts.demoKey)
    const kept = await writeHistory(system, scenario, parts)
    await writeContent(tx, seedContext(scenario.organizationId, tx), scenario, parts, kept)
    await writeBoardPolicies(seedContext(scenario.organizationId, tx))
    await writeBudgets(tx, scenario, parts)
    await writeApprovals(tx, scenario, parts)
    await writeBoard(tx, scenario, parts)
    await writeModelGovernance(tx, scenario, parts)
    await writeOwnModel(tx, scenario, parts)
    await writeExemptions(tx, scenario, parts)
    await writeRisks(tx, scenario, parts)
    await writeNotifications(tx, seedContext(scenario.organizationId, tx), scenario, parts)
    await writePolicies(tx, scenario, parts)
    await writeRoutes(tx, scenario, parts)
    await writeDrills(tx, scenario, parts)
    await writeWorkloads(tx, scenario, parts)
    await writeMaturity(tx, scenario, parts)
    await writeNextMeeting(tx, scenario, parts)
    await judgeFindings(system, scenario)
    return { organizationId: scenario.organizationId, demoKey: parts.demoKey }
  }
  try {
    return await system.$transaction(write, { timeout: TIMEOUT_MS })
  } catch (error) {
    await removeHistory(system, scenario.organizationId)
    throw error
  }
}

async function writeRecords(tx: Transaction, scenario: Scenario, sandboxUrl: string): Promise<SeededParts> {
  const ctx = seedContext(scenario.organizationId, tx)
  const ago = (days: number) => new Date(scenario.now - days * DAY_MS)
  const organization = await writeOrganization(tx, ctx, scenario)
  await writeDataSources(tx, { ...ctx, at: ago(104) }, scenario, organization)
  const catalog = await writeCatalog(tx, ctx, scenario, sandboxUrl)
  const keys = await writeKeys(tx, ctx, scenario, { ...organization, ...catalog })
  const records = { ...organization, ...catalog, ...keys }
  await writeAudit(tx, scenario, records)
  const parts = { ...records, ...(await writeRateLimits(tx, scenario, records)) }
  await writeNotices(tx, ctx, scenario, parts)
  const cachePolicies = await writeCachePolicies(tx, { ...ctx, at: ago(58) }, scenario, parts)
  const configVersions = 1 + parts.teams.size + parts.providers.size + parts.models.size + parts.keys.length
  return { ...parts, configVersions, cachePolicies }
}

/**
 * Records the history as gateways do, a transaction for each batch: record_request_events gathers a batch's rows in
 * a temporary table that is emptied at commit. The organization appears only after all of it. Returns those whose
 * content is kept.
 */
async function writeHistory(
  system: Databases['system'],
  scenario: Scenario,
  parts: SeededParts,
): Promise<RequestEvent[]> {
  const kept: RequestEvent[] = []
  // Randomness of its own, so that the rest of the history stays as it is without a cache.
  const random = seededRandom(CACHE_SEED)
  const policies = new Map(parts.cachePolicies.map(policy => [policy.workload, policy]))
  const bypassing = parts.keys.find(key => key.plan.name === RUNAWAY_KEY)?.row.id ?? null
  for (const batch of drawHistory(scenario, parts, BATCH)) {
    const events: RequestEvent[] = batch.map(event => throughCache(random, { policies, bypassing }, event))
    const json = JSON.stringify(events)
    await system.$queryRaw`select record_request_events(${json}::json)`
    kept.push(...events.filter(({ detail }) => detail.content === 'full' || detail.content === 'restricted'))
  }
  return kept
}

/** What Security has said of findings so far: secrets were right, some telephone numbers were order numbers. */
async function judgeFindings(system: Databases['system'], { organizationId, now }: Scenario): Promise<void> {
  const judge = async (detector: string, feedback: string, most: number, note: string | null) => {
    const where = { organizationId, detector }
    const events = await system.dlpEvent.findMany({ where, orderBy: { occurredAt: 'desc' }, skip: 3, take: most })
    const data = { feedback, feedbackNote: note, feedbackBy: SECURITY, feedbackAt: new Date(now) }
    await system.dlpEvent.updateMany({ where: { id: { in: events.map(event => event.id) } }, data })
  }
  await judge('phone', 'correct', 60, null)
  await judge('phone', 'false_positive', 4, 'An order number')
  await judge('secret', 'correct', 12, null)
  await judge('iban', 'correct', 20, null)
}

async function removeHistory(system: Databases['system'], organizationId: string): Promise<void> {
  const where = { where: { organizationId } }
  await system.requestEvent.deleteMany(where)
  await system.dlpEvent.deleteMany(where)
  await system.usageRollup.deleteMany(where)
  await system.cacheRollup.deleteMany(where)
  await system.latencyRollup.deleteMany(where)
}

/** A seed that was killed left history of an organization that never came to be. */
async function removeOrphans(system: Databases['system']): Promise<void> {
  await system.$executeRaw`delete from request_events where organization_id not in (select id from organizations)`
  await system.$executeRaw`delete from dlp_events where organization_id not in (select id from organizations)`
  await system.$executeRaw`delete from usage_rollups where organization_id not in (select id from organizations)`
  await system.$executeRaw`delete from cache_rollups where organization_id not in (select id from organizations)`
  await system.$executeRaw`delete from latency_rollups where organization_id not in (select id from organizations)`
}

async function keptKey(home: string): Promise<{ demoKey?: string }> {
  const text = await readFile(path.join(home, KEY_FILE), 'utf8').catch(() => '')
  return text ? { demoKey: text.trim() } : {}
}

async function keepKey(home: string, text: string): Promise<void> {
  const file = path.join(home, KEY_FILE)
  await mkdir(home, { recursive: true })
  await writeFile(file, `${text}\n`, { mode: 0o600 })
  await chmod(file, 0o600)
}

/** What the database counts itself when events are recorded after the limits: these were recorded before. */
const COUNT_RATE_LIMIT_HITS = `
  insert into rate_limit_hits (rate_limit_id, hour, key_id, organization_id, hits, last_at)
  select l.id, date_trunc('hour', e.occurred_at, 'UTC'), e.key_id, e.organization_id, count(*), max(e.occurred_at)
  from request_events e join rate_limits l on e.detail->>'rule' = 'rate_limit:' || l.id
  where e.error_code = 'rate_limit_exceeded' group by 1, 2, 3, 4`

/**
 * Without statistics the first queries over so many new rows would be planned for empty tables; what is not tended now,
 * Postgres tends a minute later, beside a newcomer's first requests.
 */
const TEND =
  'vacuum (analyze) request_events, request_contents, dlp_events, usage_rollups, latency_rollups, cache_rollups, api_keys, audit_entries'

async function asOwner(databaseUrl: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
