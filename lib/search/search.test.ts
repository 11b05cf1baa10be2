import { beforeAll, expect, test } from 'vitest'
import { issueKey } from '#lib/keys/issue-key.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { runSearch, searchEverything } from './queries.ts'

let here: TestOrganization
let developer: Context
let issued: Awaited<ReturnType<typeof issueKey>>
const kinds = (found: { kind: string }[]) => [...new Set(found.map(item => item.kind))].sort()

beforeAll(async () => {
  here = await makeOrganization()
  developer = await here.person(['developer'])
  issued = await issueKey({ ctx: developer, input: { name: 'platform-ci', teamId: here.teamId } })
  const { system } = databases()
  const provider = { name: 'Platform models', kind: 'sandbox', baseUrl: 'http://127.0.0.1:1' } as const
  await system.provider.create({ data: { ...provider, id: issued.id, organizationId: here.id } })
})

test('finds records of every kind one may see by a part of their name', async () => {
  expect(kinds(await searchEverything(here.admin, 'PLATFORM'))).toEqual(['key', 'provider', 'team'])
  expect(kinds(await searchEverything(developer, 'platform'))).toEqual(['key', 'team'])
  const colleague = await here.person(['developer'])
  expect(kinds(await searchEverything(colleague, 'platform'))).toEqual(['team'])
  expect(kinds(await searchEverything(here.serviceToken(['models.read']), 'platform'))).toEqual([])
})

test('finds a key by its text or hint', async () => {
  for (const text of [issued.key, issued.hint]) {
    expect((await searchEverything(here.admin, text)).map(item => item.id)).toEqual([issued.id])
  }
})

test('finds a request by its id, for those who may see it', async () => {
  const event = makeRequestEvent(here.id, { personId: developer.actor.id })
  await recordRequestEvents([event])
  for (const ctx of [here.admin, developer]) {
    expect(await searchEverything(ctx, event.id.toUpperCase())).toMatchObject([{ kind: 'request', id: event.id }])
  }
  expect(await searchEverything(await here.person(['developer']), event.id)).toEqual([])
})

test.each(['', '   ', '%', '_', '\\', "'; drop table people; --"])('finds nothing for %j', async text => {
  expect(await searchEverything(here.admin, text)).toEqual([])
})

test('takes the wildcards of SQL as letters', async () => {
  const key = await issueKey({ ctx: developer, input: { name: 'a_b 5%', teamId: here.teamId } })
  for (const text of ['a_b', '5%']) {
    expect((await searchEverything(developer, text)).map(item => item.id)).toEqual([key.id])
  }
  expect(await searchEverything(developer, 'a_ 5')).toEqual([])
})

test('nothing of another organization', async () => {
  const elsewhere = await makeOrganization()
  for (const text of ['platform-ci', issued.hint, 'Platform models']) {
    expect(await searchEverything(elsewhere.admin, text)).toEqual([])
  }
})

test('refuses an input of another shape', async () => {
  const attempt = async () => runSearch({ ctx: here.admin, input: { text: 'x', more: 1 } })
  await expect(attempt()).rejects.toMatchObject({ kind: 'invalid_input' })
})
