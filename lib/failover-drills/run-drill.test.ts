import { afterAll, beforeAll, expect, test } from 'vitest'
import { Evidence, hashEvidence } from '#core/evidence/evidence.ts'
import { updateModel } from '#lib/models/update-model.ts'
import { databases } from '#lib/platform/database.ts'
import { freePort, until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { getDrill } from './queries.ts'
import { runWaitingDrill } from './run-waiting-drill.ts'
import { DrillFindings } from './schema.ts'
import { startDrill } from './start-drill.ts'

const removeDatabase = await takeOwnDatabase()
const GATEWAY_PORT = String(await freePort())
process.env.GATEHOUSE_GATEWAY_URL = `http://127.0.0.1:${GATEWAY_PORT}`

let suite: GovernedSuite
beforeAll(async () => {
  // As in production but for the times, so that the drill's own circuit opens and has to close again.
  suite = await startGovernedSuite({ GATEWAY_PORT, GATEWAY_CIRCUIT_LEAST_CALLS: '4', GATEWAY_CIRCUIT_OPEN_MS: '300' })
  const substitutes = [{ modelId: suite.catalog.models['sandbox-claude'], when: ['outage'] }]
  await updateModel({ ctx: suite.org.admin, input: { id: modelId(), substitutes } })
})
afterAll(async () => {
  await suite.stop()
  await removeDatabase()
})

const { system } = databases()
const never = new AbortController().signal
const modelId = () => suite.catalog.models['sandbox-gpt'] ?? ''

const faults = (init: RequestInit) => fetch(`${suite.sandbox.url}/control/faults`, init)

async function drill(boundSeconds: number, signal = never) {
  const ctx = suite.org.admin
  const { id } = await startDrill({ ctx, input: { modelId: modelId(), boundSeconds } })
  expect(await runWaitingDrill(signal)).toBe(true)
  const ended = await getDrill(ctx, id)
  const { drillId, ...value } = Evidence.parse(ended.evidence).value
  expect(drillId).toBe(id)
  expect(ended.evidenceHash).toBe(hashEvidence(Evidence.parse(ended.evidence)))
  return { ended, findings: DrillFindings.parse(value) }
}

const ask = () =>
  suite.post('/v1/chat/completions', { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'Hello' }] })

test('when the equivalent fails too the drill fails, and says what its calls were told', async () => {
  const rule = { fault: 'status=500', match: { model: 'sandbox-claude' } }
  const headers = { 'content-type': 'application/json' }
  expect((await faults({ method: 'POST', headers, body: JSON.stringify(rule) })).ok).toBe(true)
  const { ended, findings } = await drill(1)
  await faults({ method: 'DELETE' })
  expect(ended).toMatchObject({ state: 'failed', recoveryMs: null })
  expect(ended.failure).toMatch(/not answered again within 1 s/)
  expect(findings.failedCalls).toBe(findings.calls)
  expect(findings.calls).toBeGreaterThan(1)
  expect(await system.notice.count({ where: { href: { endsWith: ended.id } } })).toBe(1)
}, 60_000)

test('with one, it takes over within the bound and hands back, while nobody else’s call meets the outage', async () => {
  const over = new AbortController()
  const others = (async () => {
    const answeredBy = new Set<string | null>()
    while (!over.signal.aborted) answeredBy.add((await ask()).headers.get('x-gatehouse-model'))
    return answeredBy
  })()
  const { ended, findings } = await drill(20).finally(() => over.abort())
  expect(await others).toEqual(new Set(['sandbox-gpt']))
  expect(ended).toMatchObject({ state: 'passed', failure: null, phase: null })
  expect(findings).toMatchObject({ passed: true, answeredBy: 'sandbox-claude', boundMs: 20_000 })
  expect(ended.recoveryMs).toBeLessThanOrEqual(20_000)
  expect(findings.restoredMs).not.toBeNull()
  const recovery = await eventOf(findings.recoveryRequestId ?? '')
  expect(recovery.detail).toMatchObject({ drillId: ended.id })
  expect(recovery.modelId).toBe(suite.catalog.models['sandbox-claude'])
  const restored = await eventOf(findings.restoreRequestId ?? '')
  expect(restored.modelId).toBe(modelId())
  // A drill is no outage: nobody is told of a failover.
  expect(await system.failover.count({ where: { organizationId: suite.org.id } })).toBe(0)
  const key = await system.apiKey.findFirstOrThrow({ where: { name: { startsWith: 'Failover drill' } } })
  expect(key.revokedAt).not.toBeNull()
}, 150_000)

test('a worker that is stopped closes its drill as failed', async () => {
  const stopping = new AbortController()
  const { id } = await startDrill({ ctx: suite.org.admin, input: { modelId: modelId() } })
  const running = runWaitingDrill(stopping.signal)
  await until('the drill runs', () => system.failoverDrill.findFirst({ where: { id, state: 'running' } }))
  stopping.abort()
  await running
  expect(await getDrill(suite.org.admin, id)).toMatchObject({
    state: 'failed',
    failure: expect.stringContaining('stopped'),
  })
}, 60_000)
