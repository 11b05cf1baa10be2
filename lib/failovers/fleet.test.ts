import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'

const env = { GATEWAY_CIRCUIT_LEAST_CALLS: '3', GATEWAY_CIRCUIT_OPEN_MS: '300' }
const { system } = databases()

let suite: GovernedSuite
let second: TestGateway
let key: string
let modelId: string
let user: Context
beforeAll(async () => {
  suite = await startGovernedSuite(env)
  second = await startGateway({ env })
  modelId = suite.catalog.models['sandbox-reasoner'] ?? ''
  key = (await suite.issue({ name: 'reasoner', modelIds: [modelId] })).key
  user = await suite.org.person(['developer'])
})
afterAll(async () => {
  await second.stop()
  await suite.stop()
})

const told = () => system.notice.findMany({ where: { personId: user.actor.id ?? '' }, orderBy: { id: 'asc' } })
const open = () => system.openBreaker.count({ where: { modelId } })

async function ask({ url }: TestGateway, content: string): Promise<number> {
  const messages = [{ role: 'user', content }]
  return (await postJson(`${url}/v1/chat/completions`, key, { model: 'sandbox-reasoner', messages })).status
}

test('two replicas that see an outage make one failover and one notice, and its end makes one', async () => {
  const both = [suite.gateway, second]
  await until('both know the key', async () =>
    (await Promise.all(both.map(each => ask(each, 'Hello')))).every(s => s === 200),
  )
  await until('both circuits are open', async () => {
    await Promise.all(both.map(each => ask(each, 'Hello [sandbox:status=500]')))
    return (await open()) === 2
  })
  expect(await system.failover.findMany({ where: { modelId } })).toMatchObject([{ endedAt: null, substituteId: null }])
  expect((await told()).map(notice => notice.title)).toEqual(['sandbox-reasoner does not answer'])
  await until('both circuits are closed', async () => {
    await Promise.all(both.map(each => ask(each, 'Hello')))
    return (await open()) === 0
  })
  await until('the failover is over', () => system.failover.findFirst({ where: { modelId, endedAt: { not: null } } }))
  expect((await told()).map(notice => notice.title)).toEqual([
    'sandbox-reasoner does not answer',
    'sandbox-reasoner answers again',
  ])
  expect(await system.failover.count({ where: { modelId } })).toBe(1)
}, 60_000)
