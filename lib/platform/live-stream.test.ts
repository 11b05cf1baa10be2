import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { newId } from '#core/ids.ts'
import { makeOrganization } from '#test/organization.ts'
import { env } from './env.ts'
import { announce } from './live.ts'
import { passOn } from './live-feed.ts'
import { liveStream } from './live-stream.ts'
import { listenForNotifications } from './notifications-listener.ts'
import { transact } from './transaction.ts'

function open(organizationId: string, isWelcome = async () => true) {
  const browser = new AbortController()
  const reader = liveStream({ organizationId, isWelcome, signal: browser.signal }).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const until = async (wanted: string) => {
    while (!text.includes(wanted)) {
      const { value, done } = await reader.read()
      if (done) throw new Error(`the stream ended before "${wanted}": ${text}`)
      text += decoder.decode(value, { stream: true })
    }
    return text
  }
  const ended = async () => {
    while (!(await reader.read()).done);
    return true
  }
  return { until, ended, leave: () => browser.abort() }
}

async function breakListener() {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gatehouse notifications'",
  )
  await client.end()
}

test('a change reaches the pages of its organization and no other, also after the connection broke', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const mine = open(here.id)
  const theirs = open(elsewhere.id)
  let connections = 0
  const listener = listenForNotifications(env().DATABASE_URL, { onConfig: () => (connections += 1), onLive: passOn })
  try {
    await mine.until('event: fleet')
    await breakListener()
    await vi.waitFor(() => expect(connections).toBeGreaterThan(1), { timeout: 20_000 })
    const [ours, foreign] = [newId(), newId()]
    const announcing = setInterval(() => {
      void transact(here.admin, tx => announce(tx, here.admin, 'keys', ours))
      void transact(elsewhere.admin, tx => announce(tx, elsewhere.admin, 'keys', foreign))
    }, 200)
    const [seenHere, seenElsewhere] = await Promise.all([mine.until(ours), theirs.until(foreign)]).finally(() =>
      clearInterval(announcing),
    )
    expect(seenHere).not.toContain(foreign)
    expect(seenElsewhere).not.toContain(ours)
  } finally {
    await listener.stop()
    mine.leave()
    theirs.leave()
  }
})

test('many messages of one topic become one', async () => {
  const organizationId = newId()
  const page = open(organizationId)
  for (let count = 0; count < 50; count += 1) passOn({ topic: 'events', organizationId })
  const text = await page.until('event: events')
  expect(text.match(/event: events/g)).toHaveLength(1)
  page.leave()
})

test('ends when the session does, and when the browser leaves', async () => {
  const organizationId = newId()
  let welcome = true
  const page = open(organizationId, async () => welcome)
  await page.until('retry')
  welcome = false
  passOn({ topic: 'keys', organizationId })
  expect(await page.ended()).toBe(true)
  const other = open(organizationId)
  other.leave()
  expect(await other.ended()).toBe(true)
})

test('a stream ends when its session cannot be looked up', async () => {
  const { id } = await makeOrganization()
  const page = open(id, () => Promise.reject(new Error('the database is away')))
  await page.until('retry')
  passOn({ topic: 'keys', organizationId: id })
  expect(await page.ended()).toBe(true)
})
