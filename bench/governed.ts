import { createBudget } from '../lib/budgets/create-budget.ts'
import { setContentLogging } from '../lib/content-log/set-content-logging.ts'
import { installGuardrails } from '../lib/detectors/install-guardrails.ts'
import { issueKey } from '../lib/keys/issue-key.ts'
import { databases } from '../lib/platform/database.ts'
import { createRateLimit } from '../lib/rate-limits/create-rate-limit.ts'
import { publishSandboxCatalog } from '../test/catalog.ts'
import setUpDatabase from '../test/global-setup.ts'
import { makeOrganization } from '../test/organization.ts'
import { bearer, startGateway } from './gatehouse.ts'
import type { Target } from './targets.ts'

/** Bounds of the team that a run never reaches. */
const NO_BOUNDS = { maxLifetimeDays: 365, maxRequestsPerMinute: 100_000, maxDailyLimitNanoUsd: '1000000000000000' }

/**
 * The gateway with everything on, as a company runs it: a real Postgres, tiers and every detector, a key with a
 * daily limit, three budgets that stop (each held by leases), three rate limits, prices, the content log, and an event for
 * every call that is on disk before the answer counts as given and is shipped to Postgres meanwhile. With GATEWAY_URL and GATEHOUSE_KEY
 * set, the gateway that runs there is measured instead.
 */
export async function startGoverned(upstream: string): Promise<Target> {
  const { GATEWAY_URL, GATEHOUSE_KEY } = process.env
  if (GATEWAY_URL && GATEHOUSE_KEY) {
    return { name: 'gatehouse', url: GATEWAY_URL, headers: bearer(GATEHOUSE_KEY), pid: null, stop: async () => {} }
  }
  const removeDatabase = await setUpDatabase()
  try {
    return await startIn(upstream, removeDatabase)
  } catch (error) {
    await removeDatabase()
    throw error
  }
}

async function startIn(upstream: string, removeDatabase: () => Promise<void>): Promise<Target> {
  const org = await makeOrganization('Benchmark')
  const ctx = org.admin
  const catalog = await publishSandboxCatalog(org, { url: upstream })
  await installGuardrails({ ctx, input: {} })
  await setContentLogging({ ctx, input: { enabled: true } })
  const window = { kind: 'month', timeZone: 'UTC' }
  for (const [scope, target] of [
    ['organization', null],
    ['team', org.teamId],
    ['model', catalog.models['sandbox-gpt']],
  ] as const) {
    const limits = { limitUsd: '1000000', thresholds: [{ percent: 100, action: 'stop' }] }
    await createBudget({ ctx, input: { name: `Benchmark ${scope}`, scope, target, window, ...limits } })
  }
  const most = { window: 'minute', limit: 2_000_000_000 }
  for (const limit of [
    { scope: 'key', measure: 'requests', ...most },
    { scope: 'team', target: org.teamId, measure: 'tokens', ...most },
    { scope: 'organization', measure: 'concurrency', limit: 1_000_000 },
  ]) {
    await createRateLimit({ ctx, input: { name: `Benchmark ${limit.scope}`, ...limit } })
  }
  await databases().system.team.update({ where: { id: org.teamId }, data: { keyBounds: NO_BOUNDS } })
  const input = { name: 'Benchmark', teamId: org.teamId, dailyLimitUsd: '1000000' }
  const { key } = await issueKey({ ctx, input })
  const { GATEHOUSE_HOME = '', GATEHOUSE_SECRET_KEY = '', DATABASE_URL = '' } = process.env
  const gateway = await startGateway({
    folder: GATEHOUSE_HOME,
    secret: GATEHOUSE_SECRET_KEY,
    databaseUrl: DATABASE_URL,
  })
  const stop = async () => {
    await gateway.stop()
    await Promise.all(Object.values(databases()).map(client => client.$disconnect()))
    await removeDatabase()
  }
  return { ...gateway, name: 'gatehouse', headers: bearer(key), stop }
}
