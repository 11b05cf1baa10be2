import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { dismissNotice } from './dismiss-notice.ts'
import { markRead } from './mark-read.ts'
import { countNotices, listNotices } from './queries.ts'
import { ListNoticesQuery } from './schema.ts'

let here: TestOrganization
let elsewhere: TestOrganization

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
})

const query = ListNoticesQuery.parse({})

async function notify(ctx: Context): Promise<string> {
  const id = newId()
  const [organizationId, personId] = [ctx.organizationId, ctx.actor.id ?? '']
  const text = { kind: 'key_expiry', title: 'A key expires', href: '/build/keys', occasion: id }
  await databases().system.notice.create({ data: { id, organizationId, personId, ...text } })
  return id
}

test('notices are one’s own, newest first, until dismissed', async () => {
  const person = await here.person(['developer'])
  const [first, second] = [await notify(person), await notify(person)]
  await notify(here.admin)
  expect((await listNotices(person, query)).data.map(notice => notice.id)).toEqual([second, first])
  await dismissNotice({ ctx: person, input: { id: second } })
  await dismissNotice({ ctx: person, input: { id: second } })
  expect((await listNotices(person, query)).data.map(notice => notice.id)).toEqual([first])
  expect(await countNotices(person)).toBe(1)
  const entries = await databases().system.auditEntry.findMany({ where: { subjectId: second } })
  expect(entries.map(entry => entry.action)).toEqual(['notice.dismissed'])
})

test('nobody else’s notice exists, not for an administrator, a token or another organization', async () => {
  const id = await notify(await here.person(['developer']))
  for (const ctx of [here.admin, elsewhere.admin, here.serviceToken(['organization.manage'])]) {
    await expect(dismissNotice({ ctx, input: { id } })).rejects.toMatchObject({ kind: 'not_found' })
    expect((await listNotices(ctx, query)).data.map(notice => notice.id)).not.toContain(id)
  }
  expect(await countNotices(here.serviceToken([]))).toBe(0)
})

test('what is read no longer counts and is still there; another’s stays unread', async () => {
  const [person, other] = [await here.person(['developer']), await here.person(['developer'])]
  const [first, second] = [await notify(person), await notify(person)]
  const theirs = await notify(other)
  await expect(markRead({ ctx: person, input: { ids: [first, theirs] } })).rejects.toMatchObject({ kind: 'not_found' })
  expect(await markRead({ ctx: person, input: { ids: [first] } })).toEqual({ changed: 1 })
  const unread = ListNoticesQuery.parse({ view: 'unread' })
  expect((await listNotices(person, unread)).data.map(({ id }) => id)).toEqual([second])
  expect((await listNotices(person, query)).data).toHaveLength(2)
  expect(await countNotices(other)).toBe(1)
  await markRead({ ctx: person, input: {} })
  expect(await countNotices(person)).toBe(0)
  await markRead({ ctx: person, input: { ids: [second], read: false } })
  expect((await listNotices(person, unread)).data.map(({ id }) => id)).toEqual([second])
  expect(() => markRead({ ctx: here.serviceToken([]), input: {} })).toThrow(/Only a person/)
})
