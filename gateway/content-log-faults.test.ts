import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newDataKey, wrapDataKey } from '#core/content/content-cipher.ts'
import { newId } from '#core/ids.ts'
import { renewContentKey } from '#lib/content-log/renew-content-key.ts'
import { setContentLogging } from '#lib/content-log/set-content-logging.ts'
import { databases } from '#lib/platform/database.ts'
import {
  type ContentSuite,
  chatThat,
  contentKept,
  contentRow,
  startContentSuite,
  tablesWith,
  uniqueWords,
} from '#test/content-suite.ts'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { eventOf, startGovernedSuite } from '#test/governed-suite.ts'
import { sendLoad } from '#test/load.ts'

let suite: ContentSuite

beforeAll(async () => {
  suite = await startContentSuite()
})
afterAll(() => suite?.stop())

test('killed under load and restarted: every answered request has its event and its content, once', async () => {
  const name = `killed-${newId()}`
  let gateway = await startGateway({ env: { GATEWAY_NAME: name } })
  let restarted: Promise<void> | null = null
  const result = await sendLoad({
    url: () => gateway.url,
    key: suite.key,
    plain: 100,
    streaming: 100,
    concurrency: 25,
    fault: 'latency=5 chunk-delay=2',
    onAnswer: answered => {
      if (answered !== 80) return
      restarted = gateway.kill().then(async () => {
        gateway = await startGateway({ env: { GATEWAY_NAME: name } })
      })
    },
  })
  await restarted
  expect(result.failed).toBeGreaterThan(0)
  const where = { id: { in: result.completed } }
  const count = () => databases().system.requestContent.count({ where })
  await until('all content is there', async () => (await count()) === result.completed.length, 20_000)
  expect((await suite.read(result.completed[0] ?? '')).answers).not.toBeNull()
  expect(await gateway.stop()).toBe(0)
})

test('the figures say what became of content: kept, late, or lost', async () => {
  const figure = async (gateway: TestGateway, name: string) => {
    const text = await (await fetch(`${gateway.url}/metrics`)).text()
    return Number(text.split(`\ngatehouse_gateway_content_${name} `)[1]?.split('\n')[0] ?? Number.NaN)
  }
  const before = await figure(suite.gateway, 'kept_total')
  for (const said of ['one', 'two']) await suite.ask('/chat/completions', chatThat(said), 'Public')
  await suite.ask('/chat/completions', chatThat('three'), 'Confidential')
  await until('what was kept is counted', async () => (await figure(suite.gateway, 'kept_total')) === before + 2)
  expect(await figure(suite.gateway, 'late_total')).toBe(0)
  for (const reason of ['no_room', 'no_key', 'refused']) {
    expect(await figure(suite.gateway, `dropped_total{reason="${reason}"}`), reason).toBe(0)
  }
}, 60_000)

describe('without a key that works', () => {
  test('another installation’s key keeps nothing, says so, and serves', async () => {
    const id = newId()
    const doc = JSON.stringify({ wrappedKey: wrapDataKey(randomBytes(32), id, newDataKey()) })
    const { system } = databases()
    const publish = (deleted: boolean) =>
      system.$queryRaw`select publish_config(${suite.org.id}::uuid, 'content_key', ${id}::uuid, ${doc}::jsonb, ${deleted})::text`
    await setContentLogging({ ctx: suite.org.admin, input: { enabled: false } })
    await publish(false)
    await suite.gateway.admin('POST', '/sync')
    const said = uniqueWords()
    const { id: asked, status } = await suite.ask('/chat/completions', chatThat(said, false), 'Public')
    expect([status, await contentKept(asked), await contentRow(asked)]).toEqual([200, 'off', null])
    const { body } = await suite.gateway.admin('GET', '/status')
    expect(body).toMatchObject({ state: 'degraded', reasons: [expect.stringContaining('not readable')] })
    expect(await tablesWith(said)).toEqual([])
    await publish(true)
  })

  test('switched off nothing is kept, switched on it is, and a renewed key opens what the old one sealed', async () => {
    await suite.gateway.admin('POST', '/sync')
    const off = await suite.ask('/chat/completions', chatThat('hello', false), 'Public')
    expect([await contentKept(off.id), await contentRow(off.id)]).toEqual(['off', null])
    await setContentLogging({ ctx: suite.org.admin, input: { enabled: true } })
    await suite.gateway.admin('POST', '/sync')
    const before = await suite.ask('/chat/completions', chatThat('before', false), 'Public')
    await contentRow(before.id)
    await renewContentKey({ ctx: suite.org.admin, input: {} })
    await suite.gateway.admin('POST', '/sync')
    const after = await suite.ask('/chat/completions', chatThat('after', false), 'Public')
    await eventOf(after.id)
    expect((await contentRow(before.id))?.keyId).not.toBe((await contentRow(after.id))?.keyId)
    for (const [{ id }, words] of [
      [before, 'before'],
      [after, 'after'],
    ] as const) {
      expect((await suite.read(id)).request.text).toContain(words)
    }
  })

  test('an organization without tiers keeps nothing', async () => {
    const other = await startGovernedSuite()
    await setContentLogging({ ctx: other.org.admin, input: { enabled: true } })
    await other.gateway.admin('POST', '/sync')
    const answer = await other.post('/v1/chat/completions', chatThat('hello', false))
    await answer.text()
    const event = await eventOf(answer)
    expect([(event.detail as { content?: string }).content, await contentRow(event.id)]).toEqual(['no_tier', null])
    await other.stop()
  })

  test('erased, nobody reads it again', async () => {
    const { id } = await suite.ask('/chat/completions', chatThat('hello', false), 'Public')
    await eventOf(id)
    await suite.read(id)
    await setContentLogging({ ctx: suite.org.admin, input: { enabled: false, erase: true } })
    await expect(suite.read(id)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('erased') })
  })
})
