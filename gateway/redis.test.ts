import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { startRedis, type TestRedis } from '#test/redis.ts'
import { openLog } from './log.ts'
import { Redis } from './redis.ts'

const PASSWORD = 'correct-horse-battery-staple'
const log = openLog('fatal', 'test')
let redis: TestRedis

beforeAll(async () => {
  redis = await startRedis({ password: PASSWORD })
})
afterAll(() => redis?.stop())

test('connects, answers, and comes back by itself after the server was killed', async () => {
  const shared = new Redis(redis.url, log)
  shared.start()
  try {
    await until('it is ready', () => shared.ready)
    await shared.client.set('gatehouse:test', 'kept')
    expect(await shared.client.get('gatehouse:test')).toBe('kept')
    await redis.kill()
    await until('it is away', () => !shared.ready)
    await expect(shared.client.get('gatehouse:test')).rejects.toThrow()
    await redis.start()
    await until('it is ready again', () => shared.ready)
    expect(await shared.client.get('gatehouse:test')).toBeNull()
  } finally {
    shared.stop()
  }
})

test('leaves a server alone that no longer answers, and takes it up again', async () => {
  const shared = new Redis(redis.url, log)
  shared.start()
  try {
    await until('it is ready', () => shared.ready)
    redis.freeze()
    await until('its silence is noticed', () => !shared.ready)
    redis.thaw()
    await until('it is ready again', () => shared.ready)
  } finally {
    redis.thaw()
    shared.stop()
  }
})

test('rejects at once when nothing listens', async () => {
  const shared = new Redis('redis://127.0.0.1:1', log)
  shared.start()
  expect(shared.ready).toBe(false)
  await expect(shared.client.get('gatehouse:test')).rejects.toThrow()
  shared.stop()
})

test('a gateway without its Redis is degraded and stays ready; its credentials are in no log', async () => {
  let gateway: TestGateway | null = null
  try {
    gateway = await startGateway({ env: { GATEWAY_REDIS_URL: redis.url, LOG_LEVEL: 'trace' } })
    const { url } = gateway
    const readiness = async () => {
      const answer = await fetch(`${url}/readyz`)
      return { code: answer.status, ...((await answer.json()) as { status: string; reasons: string[] }) }
    }
    await until('it is simply ready', async () => (await readiness()).status === 'ready')
    await redis.kill()
    const away = await until('it is degraded', async () => {
      const found = await readiness()
      return found.status === 'degraded' && found
    })
    expect(away.code).toBe(200)
    expect(away.reasons).toEqual([expect.stringContaining('Redis is away')])
    await redis.start()
    await until('it is simply ready again', async () => (await readiness()).status === 'ready')
    expect(gateway.output()).toContain('Redis is connected')
    expect(gateway.output()).not.toContain(PASSWORD)
  } finally {
    expect(await gateway?.stop()).toBe(0)
  }
})

test('a wrong password keeps Redis away, and is not logged', async () => {
  const wrong = redis.url.replace(PASSWORD, 'not-the-password')
  const gateway = await startGateway({ env: { GATEWAY_REDIS_URL: wrong, LOG_LEVEL: 'trace' } })
  try {
    await until('the refusal is logged', () => gateway.output().includes('Redis is away'))
    const answer = await fetch(`${gateway.url}/readyz`)
    expect(answer.status).toBe(200)
    expect(gateway.output()).not.toContain('not-the-password')
  } finally {
    await gateway.stop()
  }
})
