import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { freePort, startGateway, until } from '#test/gateway.ts'
import { type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { sendLoad } from '#test/load.ts'
import { startTcpProxy, type TcpProxy } from '#test/tcp-proxy.ts'

let suite: GovernedSuite

beforeAll(async () => {
  suite = await startGovernedSuite()
})
afterAll(() => suite?.stop())

/** How many events each of these requests has. */
async function eventCounts(ids: string[]): Promise<Map<string, number>> {
  const rows = await databases().system.requestEvent.groupBy({ by: ['id'], where: { id: { in: ids } }, _count: true })
  return new Map(rows.map(row => [row.id, row._count]))
}

async function expectOneEventEach(ids: string[]): Promise<void> {
  await until('every answered request has an event', async () => (await eventCounts(ids)).size === ids.length, 20_000)
  expect([...(await eventCounts(ids)).values()].every(count => count === 1)).toBe(true)
}

test('killed under load and restarted, it has exactly one event for every answer that was received in full', async () => {
  let gateway = await startGateway({ env: { GATEWAY_NAME: 'killed' } })
  let restarted: Promise<void> | null = null
  const result = await sendLoad({
    url: () => gateway.url,
    key: suite.key,
    plain: 200,
    streaming: 200,
    concurrency: 50,
    fault: 'latency=5 chunk-delay=2',
    onAnswer: answered => {
      if (answered !== 150) return
      restarted = gateway.kill().then(async () => {
        gateway = await startGateway({ env: { GATEWAY_NAME: 'killed' } })
      })
    },
  })
  await restarted
  expect(result.completed.length).toBeGreaterThanOrEqual(150)
  expect(result.failed).toBeGreaterThan(0)
  await expectOneEventEach(result.completed)
  expect(await gateway.stop()).toBe(0)
})

test('while Postgres is away no call fails, readiness says degraded, and all events arrive afterwards', async () => {
  const proxy: TcpProxy = await startTcpProxy(process.env.DATABASE_URL ?? '')
  const gateway = await startGateway({ env: { DATABASE_URL: proxy.url } })
  const answers: string[] = []
  const call = async () => {
    const { completed, failed } = await sendLoad({
      url: () => gateway.url,
      key: suite.key,
      plain: 10,
      streaming: 10,
      concurrency: 5,
    })
    expect(failed).toBe(0)
    answers.push(...completed)
  }
  await call()
  proxy.cut()
  const away = Date.now()
  while (Date.now() - away < 6_000) {
    await call()
    await sleep(100)
  }
  const ready = await fetch(`${gateway.url}/readyz`)
  expect(ready.status).toBe(200)
  expect(await ready.json()).toMatchObject({ status: 'degraded', reasons: [expect.stringContaining('Postgres')] })
  proxy.restore()
  await expectOneEventEach(answers)
  await until('ready again', async () => (await (await fetch(`${gateway.url}/readyz`)).json()).status === 'ready')
  expect(await gateway.stop()).toBe(0)
  await proxy.close()
})

test('without Postgres it starts with the configuration it kept, and ships at the next start what it could not', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'gatehouse-gateway-'))
  const env = { GATEHOUSE_HOME: home, GATEWAY_NAME: 'kept' }
  const first = await startGateway({ env })
  await until('the first is ready', async () => (await fetch(`${first.url}/readyz`)).ok)
  await first.stop()
  const nowhere = `postgresql://nobody@127.0.0.1:${await freePort()}/none`
  const second = await startGateway({ env: { ...env, DATABASE_URL: nowhere } })
  const body = { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] }
  const answer = await postJson(`${second.url}/v1/chat/completions`, suite.key, body)
  expect(answer.status).toBe(200)
  await second.kill()
  const third = await startGateway({ env })
  await expectOneEventEach([answer.headers.get('x-request-id') ?? ''])
  await third.stop()
  await rm(home, { recursive: true, force: true })
})

test('SIGTERM lets streams end, ships the spool, takes the row away and exits with 0', async () => {
  const gateway = await startGateway()
  const name = { name: gateway.name }
  await until('the replica is there', () => databases().system.gatewayReplica.findFirst({ where: name }))
  const body = { model: 'sandbox-gpt', stream: true, messages: [{ role: 'user', content: 'Say hello' }] }
  const answer = await postJson(`${gateway.url}/v1/chat/completions`, suite.key, body, {
    'x-sandbox-fault': 'chunk-delay=100 tokens=60',
  })
  const exited = gateway.stop()
  expect(await answer.text()).toContain('data: [DONE]')
  expect(await exited).toBe(0)
  expect(await databases().system.gatewayReplica.findFirst({ where: name })).toBeNull()
  expect(await eventCounts([answer.headers.get('x-request-id') ?? ''])).toHaveProperty('size', 1)
})

test('a second process with the same name is refused', async () => {
  const attempt = startGateway({ env: { GATEWAY_NAME: suite.gateway.name } })
  await expect(attempt).rejects.toThrow(/Another gateway uses/)
})

test('a full spool refuses new requests instead of serving them unrecorded', async () => {
  const gateway = await startGateway({ env: { GATEWAY_SPOOL_MAX_BYTES: '0' } })
  const body = { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] }
  const answer = await postJson(`${gateway.url}/v1/chat/completions`, suite.key, body)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ error: { code: 'evidence_unavailable' } })
  await gateway.stop()
})
