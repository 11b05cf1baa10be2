import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { setUpCode } from '#lib/platform/auth/set-up-code.ts'
import { loadViewer } from '#lib/platform/auth/viewer.ts'
import { databases } from '#lib/platform/database.ts'
import { applyMigrations } from '#lib/platform/migrate.ts'
import { setUp } from './set-up.ts'

/** A database of its own: set-up is possible only where no organization lives. */
beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL ?? '')
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query('create database set_up')
  await client.end()
  url.pathname = '/set_up'
  process.env.DATABASE_URL = url.href
  await applyMigrations(url.href)
})

const input = { organizationName: 'Acme', teamName: 'First', name: 'Ada', email: 'Ada@Example.test' }

test('the code lets one administrator in, and nobody after them', async () => {
  await expect(setUp({ ...input, code: '0000-0000-0000-0000' })).rejects.toMatchObject({ fields: [{ field: 'code' }] })
  const typed = setUpCode().toLowerCase().replaceAll('-', ' ')
  const results = await Promise.allSettled([setUp({ ...input, code: typed }), setUp({ ...input, code: typed })])
  const sessions = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
  expect(sessions).toHaveLength(1)
  const [session] = sessions
  if (!session) throw new Error('no session')
  expect(await loadViewer(session)).toMatchObject({
    person: { email: 'ada@example.test', roles: ['administrator'] },
    organization: { name: 'Acme', demo: false },
    teams: [{ name: 'First', kind: 'lead' }],
  })
  expect(await databases().system.organization.count()).toBe(1)
  await expect(setUp({ ...input, code: typed })).rejects.toMatchObject({ reason: 'set_up_done' })
})
