import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import type { RequestFinding } from '#core/contracts/request-event.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization } from '#test/organization.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'

const MIGRATION = path.resolve(
  import.meta.dirname,
  '../../prisma/migrations/20261122000201_masked_of_blocked/migration.sql',
)
const removeDatabase = await takeOwnDatabase()
afterAll(removeDatabase)

function found(action: RequestFinding['action'], location: string, change: object = {}): RequestFinding {
  return { detector: 'email', kind: 'email', location, action, shadow: false, count: 1, ...change }
}

test('what a blocked request or answer was kept as masked of is counted only, and all else stays as it was', async () => {
  const { id } = await makeOrganization()
  const actionsAfter = async (status: number, findings: RequestFinding[]) => {
    const event = makeRequestEvent(id, { status, outcome: status === 200 ? 'ok' : 'refused' })
    await recordRequestEvents([{ ...event, detail: { ...event.detail, findings } }])
    const owner = new pg.Client({ connectionString: process.env.DATABASE_URL })
    await owner.connect()
    await owner.query(await readFile(MIGRATION, 'utf8'))
    await owner.end()
    const rows = await databases().system.dlpEvent.findMany({ where: { requestId: event.id } })
    return findings.map(({ location }) => rows.find(row => row.location === location)?.action)
  }
  const [ask, also, said] = ['messages[0].content', 'messages[1].content', 'answer.choices[0].message.content']
  expect(await actionsAfter(403, [found('mask', ask), found('block', also)])).toEqual(['log', 'block'])
  // The request went on masked; its answer was stopped.
  expect(await actionsAfter(403, [found('mask', ask), found('block', said)])).toEqual(['mask', 'block'])
  expect(await actionsAfter(403, [found('mask', ask), found('block', also, { shadow: true })])).toEqual([
    'mask',
    'block',
  ])
  expect(await actionsAfter(403, [found('mask', ask, { shadow: true }), found('block', also)])).toEqual([
    'mask',
    'block',
  ])
  expect(await actionsAfter(200, [found('mask', ask), found('log', also)])).toEqual(['mask', 'log'])
  expect(await actionsAfter(403, [found('mask', `${said}.text`), found('block', said)])).toEqual(['log', 'block'])
})
