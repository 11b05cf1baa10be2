import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { loadViewer } from '#lib/platform/auth/viewer.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { createSignInLink } from '#lib/sign-in/create-sign-in-link.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { createPerson } from './create-person.ts'
import { deactivatePerson } from './deactivate-person.ts'
import { getPerson, listPeople } from './queries.ts'
import { reactivatePerson } from './reactivate-person.ts'
import { ListPeopleQuery } from './schema.ts'
import { updatePerson } from './update-person.ts'

let here: TestOrganization
let elsewhere: TestOrganization

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
})

const idOf = (ctx: Context) => ctx.actor.id ?? ''
const fresh = () => ({ name: 'Ada Lovelace', email: `${newId()}@example.test` })
const session = (ctx: Context) => ({ personId: idOf(ctx), organizationId: ctx.organizationId, sessionVersion: 1 })
const all = (ctx: Context, query: object = {}) => listPeople(ctx, ListPeopleQuery.parse(query))

describe('adding', () => {
  test('joins the teams named and is audited', async () => {
    const input = { ...fresh(), email: ` ${newId()}@EXAMPLE.test `, teamIds: [here.teamId], roles: ['finance'] }
    const person = await createPerson({ ctx: here.admin, input })
    expect(person).toMatchObject({ email: input.email.trim().toLowerCase(), roles: ['finance'], status: 'active' })
    expect(person.teams).toEqual([{ id: here.teamId, name: 'Platform', kind: 'member', fromGroup: null }])
    const entry = await databases().system.auditEntry.findFirstOrThrow({ where: { subjectId: person.id } })
    expect(entry).toMatchObject({ action: 'person.created', actorId: idOf(here.admin) })
  })

  test('an address is taken once in an organization, and free in the next', async () => {
    const input = fresh()
    await createPerson({ ctx: here.admin, input })
    await expect(createPerson({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'conflict' })
    expect((await createPerson({ ctx: elsewhere.admin, input })).email).toBe(input.email)
  })

  test.each([
    ['an unknown field', { admin: true }],
    ['a role that is none', { roles: ['root'] }],
    ['an address that is none', { email: 'ada' }],
  ])('refuses %s', async (_, change) => {
    const attempt = createPerson({ ctx: here.admin, input: { ...fresh(), ...change } })
    await expect(attempt).rejects.toMatchObject({ kind: 'invalid_input' })
  })
})

describe('deactivating', () => {
  test('ends sessions, sign-in links and keys at once, and publishes the keys', async () => {
    const developer = await here.person(['developer'])
    const key = await issueKey({ ctx: developer, input: { name: 'ci', teamId: here.teamId } })
    await createSignInLink({ ctx: here.admin, input: { personId: idOf(developer) } })
    expect(await loadViewer(session(developer))).not.toBeNull()
    const done = await deactivatePerson({ ctx: here.admin, input: { id: idOf(developer), reason: 'left' } })
    expect(done.keysRevoked).toBe(1)
    expect(await loadViewer(session(developer))).toBeNull()
    const doc = (await databases().system.gatewayConfig.findFirst({ where: { kind: 'key', id: key.id } }))?.doc
    expect(doc).toMatchObject({ revokedAt: expect.any(String) })
    expect(await databases().system.signInLink.count({ where: { personId: idOf(developer) } })).toBe(0)
    expect(await deactivatePerson({ ctx: here.admin, input: { id: idOf(developer) } })).toMatchObject({
      keysRevoked: 0,
    })
  })

  test('a reactivated person needs a new sign-in and new keys', async () => {
    const developer = await here.person(['developer'])
    const key = await issueKey({ ctx: developer, input: { name: 'ci', teamId: here.teamId } })
    await deactivatePerson({ ctx: here.admin, input: { id: idOf(developer) } })
    const back = await reactivatePerson({ ctx: here.admin, input: { id: idOf(developer) } })
    expect(back).toMatchObject({ status: 'active', deactivatedAt: null, roles: ['developer'] })
    expect(await loadViewer(session(developer))).toBeNull()
    expect(await loadViewer({ ...session(developer), sessionVersion: 2 })).not.toBeNull()
    expect((await databases().system.apiKey.findUniqueOrThrow({ where: { id: key.id } })).revokedAt).not.toBeNull()
  })
})

describe('the last administrator', () => {
  test('cannot lose the role or be deactivated; a second one can', async () => {
    const org = await makeOrganization()
    const only = idOf(org.admin)
    const token = org.serviceToken([
      'people.manage',
      ...Object.keys((await loadViewer(session(org.admin)))?.grants ?? {}),
    ])
    await expect(updatePerson({ ctx: token, input: { id: only, roles: [] } })).rejects.toMatchObject({
      kind: 'conflict',
    })
    await expect(deactivatePerson({ ctx: token, input: { id: only } })).rejects.toMatchObject({ kind: 'conflict' })
    const second = await org.person(['administrator'])
    await expect(deactivatePerson({ ctx: second, input: { id: idOf(second) } })).rejects.toMatchObject({
      message: expect.stringContaining('yourself'),
    })
    await deactivatePerson({ ctx: second, input: { id: only } })
    expect((await getPerson(second, only)).status).toBe('deactivated')
  })

  test('two who demote each other at the same moment leave one', async () => {
    const org = await makeOrganization()
    const second = await org.person(['administrator'])
    const results = await Promise.allSettled([
      updatePerson({ ctx: org.admin, input: { id: idOf(second), roles: [] } }),
      updatePerson({ ctx: second, input: { id: idOf(org.admin), roles: [] } }),
    ])
    expect(results.map(result => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('who may', () => {
  test('without the permission nothing can be changed, oneself included', async () => {
    const lead = await here.person(['team_lead'], { lead: true })
    const id = idOf(lead)
    for (const attempt of [
      () => createPerson({ ctx: lead, input: fresh() }),
      () => updatePerson({ ctx: lead, input: { id, roles: ['administrator'] } }),
      () => deactivatePerson({ ctx: lead, input: { id } }),
      () => reactivatePerson({ ctx: lead, input: { id } }),
      () => createSignInLink({ ctx: lead, input: { personId: idOf(here.admin) } }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'permission_denied' })
    }
    expect(() => all(here.serviceToken([]))).toThrow(/people.read/)
    expect(() => getPerson(here.serviceToken([]), id)).toThrow(/people.read/)
  })

  test('a token that manages people makes no administrator, and no way to sign in as one', async () => {
    const token = here.serviceToken(['people.manage'])
    const developer = await createPerson({ ctx: token, input: fresh() })
    for (const attempt of [
      () => createPerson({ ctx: token, input: { ...fresh(), roles: ['administrator'] } }),
      () => updatePerson({ ctx: token, input: { id: developer.id, roles: ['administrator'] } }),
      () => createSignInLink({ ctx: token, input: { personId: idOf(here.admin) } }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'permission_denied' })
    }
  })

  test('another organization’s people do not exist', async () => {
    const id = idOf(await here.person(['developer']))
    for (const attempt of [
      () => getPerson(elsewhere.admin, id),
      () => updatePerson({ ctx: elsewhere.admin, input: { id, name: 'Mallory' } }),
      () => deactivatePerson({ ctx: elsewhere.admin, input: { id } }),
      () => reactivatePerson({ ctx: elsewhere.admin, input: { id } }),
      () => createSignInLink({ ctx: elsewhere.admin, input: { personId: id } }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' })
    }
    const attempt = createPerson({ ctx: elsewhere.admin, input: { ...fresh(), teamIds: [here.teamId] } })
    await expect(attempt).rejects.toMatchObject({ fields: [{ field: 'teamIds' }] })
    expect((await all(elsewhere.admin)).data.map(person => person.id)).not.toContain(id)
  })
})

test('the list is by name, page after page, and can be filtered', async () => {
  const org = await makeOrganization()
  for (const name of ['Zoë', 'Ben', 'Ben', 'Äda']) {
    await createPerson({ ctx: org.admin, input: { ...fresh(), name, roles: ['legal'] } })
  }
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = await all(org.admin, { limit: 2, role: 'legal', ...(cursor ? { cursor } : {}) })
    names.push(...page.data.map(person => person.name))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(names).toHaveLength(4)
  expect(names).toEqual([...names].sort())
  expect((await all(org.admin, { search: 'zoë' })).data).toHaveLength(1)
  expect((await all(org.admin, { teamId: org.teamId })).data).toHaveLength(1)
  await expect(async () => all(org.admin, { cursor: 'eA' })).rejects.toMatchObject({ kind: 'invalid_input' })
})
