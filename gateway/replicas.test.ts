import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReplicaStatus } from '#core/contracts/replica-status.ts'
import { databases } from '#lib/platform/database.ts'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { timeRevocation } from '#test/revocation.ts'

let suite: GovernedSuite
let second: TestGateway

beforeAll(async () => {
  suite = await startGovernedSuite()
  second = await startGateway()
})
afterAll(async () => {
  await second?.stop()
  await suite?.stop()
})

test('a revoked key is refused by both replicas', async () => {
  for (let i = 0; i < 3; i++) await timeRevocation(suite, [suite.gateway.url, second.url])
})

test('each replica has a row, says what it runs, and follows a sync', async () => {
  const rows = await until('both rows', async () => {
    const names = [suite.gateway.name, second.name]
    const found = await databases().system.gatewayReplica.findMany({ where: { name: { in: names } } })
    return found.length === 2 && found.every(row => row.state === 'ready') ? found : null
  })
  expect(new Set(rows.map(row => row.adminUrl)).size).toBe(2)
  const status = await suite.gateway.admin('GET', '/status')
  expect(ReplicaStatus.parse(status.body)).toMatchObject({ name: suite.gateway.name, state: 'ready', reasons: [] })
  await suite.issue()
  const { body } = await suite.gateway.admin('POST', '/sync')
  const newest = await databases().system.gatewayConfig.aggregate({ _max: { version: true } })
  expect(BigInt((body as { configVersion: string }).configVersion)).toBeGreaterThanOrEqual(newest._max.version ?? 0n)
})

test('the admin port needs its token', async () => {
  for (const path of ['/status', '/sync', '/drain']) {
    const method = path === '/status' ? 'GET' : 'POST'
    expect((await fetch(suite.gateway.adminUrl + path, { method })).status).toBe(401)
  }
})

test('health, readiness, figures and the description are served', async () => {
  const get = (path: string) => fetch(suite.gateway.url + path)
  expect((await get('/healthz')).status).toBe(200)
  expect(await (await get('/readyz')).json()).toEqual({ status: 'ready', reasons: [] })
  await (await suite.post('/v1/chat/completions', { model: 'sandbox-gpt', messages: [] })).arrayBuffer()
  const figures = await (await get('/metrics')).text()
  expect(figures).toMatch(/gatehouse_gateway_requests_total\{operation="chat".*\} \d/)
  expect(figures).toContain('gatehouse_gateway_overhead_seconds_bucket')
  const description = (await (await get('/openapi.json')).json()) as { paths: object }
  expect(Object.keys(description.paths)).toContain('/v1/chat/completions')
})
