import { createClient } from '@redis/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { purgeCache } from '#lib/cache/purge-cache.ts'
import { updateCachePolicy } from '#lib/cache/update-policy.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { listTiers } from '#lib/tiers/queries.ts'
import { updateTier } from '#lib/tiers/update-tier.ts'
import { type Cached, callCached, readCached, turnCacheOn } from '#test/cached-calls.ts'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { startRedis, type TestRedis } from '#test/redis.ts'

let redis: TestRedis
let suite: GovernedSuite
let second: TestGateway
let policyId: string

const CHAT = '/v1/chat/completions'
const fresh = (more: object = {}) => ({
  model: 'sandbox-gpt',
  messages: [{ role: 'user', content: `Say ${newId()}` }],
  ...more,
})
const one = (body: unknown, headers?: Record<string, string>) => callCached(suite, CHAT, body, headers)
const two = async (body: unknown, headers?: Record<string, string>): Promise<Cached> =>
  readCached(await postJson(second.url + CHAT, suite.key, body, headers))

const sharing = () => Promise.all([suite.gateway.url, second.url].map(usesRedis))
const usesRedis = (url: string) =>
  until('the replica uses Redis', async () => {
    const { reasons } = (await (await fetch(`${url}/readyz`)).json()) as { reasons: string[] }
    return !reasons.some(reason => reason.includes('Redis'))
  })

beforeAll(async () => {
  redis = await startRedis()
  const env = { GATEWAY_REDIS_URL: redis.url, GATEWAY_CACHE_REDIS_WAIT_MS: '1000' }
  suite = await startGovernedSuite(env)
  second = await startGateway({ env })
  await installGuardrails({ ctx: suite.org.admin, input: {} })
  policyId = (await turnCacheOn(suite, { shared: true })).id
  await second.admin('POST', '/sync')
})
beforeEach(sharing)
afterAll(async () => {
  await second?.stop()
  await suite?.stop()
  await redis?.stop()
})

/** Waits until an answer that was kept has reached Redis. */
async function kept(body: unknown): Promise<void> {
  const asks = { 'x-gatehouse-cache': 'only-if-cached' }
  await until('the other replica finds it', async () => (await two(body, asks)).status === 200)
}

test.each([false, true])('replicas share answers, stream: %s', async stream => {
  const body = fresh({ stream })
  const first = await one(body)
  await kept(body)
  const other = await two(body)
  expect([first.cache, other.cache, other.text]).toEqual(['miss', 'hit', first.text])
  const again = fresh({ stream })
  await two(again)
  const found = await until('it is shared', async () => {
    const answer = await one(again, { 'x-gatehouse-cache': 'only-if-cached' })
    return answer.status === 200 && answer
  })
  expect((await eventOf(found)).detail).toMatchObject({ cache: { outcome: 'hit', source: 'redis' } })
})

test('what lies in Redis is sealed, and opens in no other place', async () => {
  const client = createClient({ url: redis.url })
  await client.connect()
  try {
    await client.flushAll()
    const [body, other] = [fresh(), fresh()]
    const { text } = await one(body)
    const keys = await until('it is in Redis', async () => {
      const found = await client.keys('gatehouse:cache:*')
      return found.length > 0 && found
    })
    const [place = ''] = keys
    expect(place).toMatch(/^gatehouse:cache:[\w-]{43}$/)
    expect(await client.pTTL(place)).toBeGreaterThan(0)
    const { content } = JSON.parse(text).choices[0].message
    const sealed = await client.sendCommand<string>(['GET', place])
    expect(sealed).not.toContain(content)
    expect(sealed).not.toContain('sandbox')
    // An attacker who can write Redis puts the answer where another request will look for one.
    await one(other)
    const target = await until('the other is in Redis', async () =>
      (await client.keys('gatehouse:cache:*')).find(key => key !== place),
    )
    await client.copy(place, target, { REPLACE: true })
    expect((await two(other)).cache).toBe('miss')
    await client.set(place, 'no answer at all')
    expect((await two(body)).cache).toBe('miss')
  } finally {
    client.destroy()
  }
})

describe('without Redis', () => {
  test('killed, each replica goes on with its own memory, and shares again when it is back', async () => {
    const body = fresh()
    await one(body)
    await redis.kill()
    const answers = await Promise.all([one(body), two(body), one(fresh()), two(fresh({ stream: true }))])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(answers.map(({ cache }) => cache)).toEqual(['hit', 'miss', 'miss', 'miss'])
    await redis.start()
    await sharing()
    const later = fresh()
    await one(later)
    await kept(later)
  })

  test('hanging, requests are answered all the same', async () => {
    redis.freeze()
    try {
      for (let i = 0; i < 4; i++) expect((await one(fresh())).status).toBe(200)
    } finally {
      redis.thaw()
    }
  })
})

test('a replica that was killed finds its answers again, and every hit has its event', async () => {
  const third = await startGateway({ env: { GATEWAY_REDIS_URL: redis.url, GATEWAY_CACHE_REDIS_WAIT_MS: '1000' } })
  const call = async (url: string, body: unknown) => readCached(await postJson(url + CHAT, suite.key, body))
  await usesRedis(third.url)
  const body = fresh()
  const first = await call(third.url, body)
  await kept(body)
  const hits = await Promise.all(Array.from({ length: 20 }, () => call(third.url, body)))
  await third.kill()
  expect(hits.map(({ cache }) => cache)).toEqual(hits.map(() => 'hit'))
  const heir = await startGateway({ env: { GATEWAY_REDIS_URL: redis.url, GATEWAY_NAME: third.name } })
  try {
    await usesRedis(heir.url)
    const again = await until('it is found again', async () => {
      const answer = await call(heir.url, body)
      return answer.cache === 'hit' && answer
    })
    expect(again.text).toBe(first.text)
    for (const hit of hits) expect((await eventOf(hit)).detail).toMatchObject({ cache: { outcome: 'hit' } })
  } finally {
    await heir.stop()
  }
})

describe('takes effect on every replica, for Redis too', () => {
  const gone = (body: unknown) =>
    until('no replica serves it any more', async () => {
      const asks = { 'x-gatehouse-cache': 'only-if-cached' }
      const answers = await Promise.all([one(body, asks), two(body, asks)])
      return answers.every(({ status }) => status === 504)
    })

  test('a purge', async () => {
    const body = fresh()
    await one(body)
    await kept(body)
    const { policies } = await purgeCache({ ctx: suite.org.admin, input: { reason: 'A wrong answer' } })
    expect(policies).toBe(1)
    await gone(body)
    expect((await one(body)).cache).toBe('miss')
  })

  test('a change of the policy', async () => {
    const body = fresh()
    await one(body)
    await kept(body)
    await updateCachePolicy({ ctx: suite.org.admin, input: { id: policyId, ttlSeconds: 600 } })
    await gone(body)
  })

  test('a tier that is no longer cacheable', async () => {
    const body = fresh()
    await one(body)
    await kept(body)
    const tier = (await listTiers(suite.org.admin)).find(({ name }) => name === 'Public')
    await updateTier({ ctx: suite.org.admin, input: { id: tier?.id, cacheable: false } })
    await gone(body)
    expect((await one(body)).cache).toBe('off')
    await updateTier({ ctx: suite.org.admin, input: { id: tier?.id, cacheable: true } })
    // The rules are as they were, but not the same: nothing from before comes back.
    await until('the cache is on again', async () => (await one(fresh())).cache === 'miss')
    expect((await one(body)).cache).toBe('miss')
  })
})
