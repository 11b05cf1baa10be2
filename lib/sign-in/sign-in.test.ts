import { beforeAll, describe, expect, test } from 'vitest'
import { ATTEMPTS_PER_MINUTE, countAddress } from '#lib/platform/auth/attempts.ts'
import { loadViewer } from '#lib/platform/auth/viewer.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { env } from '#lib/platform/env.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { addGroupMapping } from './add-group-mapping.ts'
import { createSignInLink } from './create-sign-in-link.ts'
import { listGroupMappings, signInChoices, signInLinkFor } from './queries.ts'
import { removeGroupMapping } from './remove-group-mapping.ts'
import { ListGroupMappingsQuery } from './schema.ts'
import { signInAsPersona } from './sign-in-as-persona.ts'
import { signInWithLink } from './sign-in-with-link.ts'

let here: TestOrganization
let elsewhere: TestOrganization
const LOCAL = new Headers({ host: 'localhost:3000', 'x-forwarded-for': '127.0.0.1' })

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
})

const idOf = (ctx: Context) => ctx.actor.id ?? ''
const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? ''
const linkFor = async (ctx: Context) =>
  tokenOf((await createSignInLink({ ctx: here.admin, input: { personId: idOf(ctx) } })).url)

describe('a sign-in link', () => {
  test('is looked at as often as one likes and used once, by one of two at the same moment', async () => {
    const person = await here.person(['developer'])
    const token = await linkFor(person)
    expect(await signInLinkFor(token)).toEqual({ person: person.actor.name, organization: 'Test organization' })
    const results = await Promise.allSettled([signInWithLink({ token }), signInWithLink({ token })])
    const sessions = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
    expect(sessions).toHaveLength(1)
    expect(sessions[0] && (await loadViewer(sessions[0]))).toMatchObject({ person: { id: idOf(person) } })
    expect(await signInLinkFor(token)).toBeNull()
  })

  test('ends with its time, with a newer one, and with the person', async () => {
    const person = await here.person(['developer'])
    const replaced = await linkFor(person)
    const late = await linkFor(person)
    await databases().system.signInLink.updateMany({
      where: { personId: idOf(person) },
      data: { expiresAt: new Date(Date.now() - 1) },
    })
    for (const token of [replaced, late, 'never-was']) {
      await expect(signInWithLink({ token })).rejects.toMatchObject({ reason: 'link_invalid' })
      expect(await signInLinkFor(token)).toBeNull()
    }
    const gone = await linkFor(person)
    await databases().system.person.update({ where: { id: idOf(person) }, data: { status: 'deactivated' } })
    await expect(signInWithLink({ token: gone })).rejects.toMatchObject({ reason: 'deactivated' })
  })

  test('is kept as a hash and never in the audit log', async () => {
    const person = await here.person(['developer'])
    const token = await linkFor(person)
    const entries = await databases().system.auditEntry.findMany({ where: { subjectId: idOf(person) } })
    expect(entries.map(entry => entry.action)).toEqual(['sign_in_link.created'])
    expect(JSON.stringify(entries, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(token)
  })
})

describe('personas', () => {
  test('exist in a demonstration only, for requests from this machine only', async () => {
    const demo = await makeOrganization('Northwind')
    const { system } = databases()
    await system.organization.update({ where: { id: demo.id }, data: { demo: true } })
    const personId = idOf(demo.admin)
    await system.person.update({ where: { id: personId }, data: { title: 'Administrator' } })
    const session = await signInAsPersona({ personId }, LOCAL)
    expect(await loadViewer(session)).toMatchObject({ organization: { demo: true } })
    expect((await signInChoices(LOCAL)).demo?.personas).toMatchObject([{ id: personId, roles: ['administrator'] }])
    const strangers = [
      new Headers({ host: 'gatehouse.example.com' }),
      new Headers({ host: 'localhost:3000', 'x-forwarded-for': '203.0.113.9, 127.0.0.1' }),
    ]
    for (const request of strangers) {
      await expect(signInAsPersona({ personId }, request)).rejects.toMatchObject({ reason: 'demo_not_local' })
      expect((await signInChoices(request)).demo).toBeNull()
    }
    const real = signInAsPersona({ personId: idOf(here.admin) }, LOCAL)
    await expect(real).rejects.toMatchObject({ reason: 'no_such_persona' })
    Object.assign(env(), { GATEHOUSE_HOST: '0.0.0.0' })
    expect(await loadViewer(session)).toBeNull()
    await expect(signInAsPersona({ personId }, LOCAL)).rejects.toMatchObject({ reason: 'demo_not_local' })
    Object.assign(env(), { GATEHOUSE_HOST: '127.0.0.1' })
    expect(await loadViewer(session)).not.toBeNull()
    await system.organization.update({ where: { id: demo.id }, data: { demo: false } })
  })
})

test('the eleventh failed attempt of an address in a minute says when to try again', async () => {
  for (let count = 0; count < ATTEMPTS_PER_MINUTE; count++) await countAddress('198.51.100.7')
  await expect(countAddress('198.51.100.7')).rejects.toMatchObject({
    kind: 'rate_limited',
    message: expect.stringMatching(/Try again in \d+ seconds?\./),
  })
  for (let count = 0; count < ATTEMPTS_PER_MINUTE + 5; count++) await (await countAddress('198.51.100.8')).forgive()
})

test('one account is held to ten attempts a minute, wherever they come from', async () => {
  const person = await here.person(['developer'])
  for (let count = 0; count < ATTEMPTS_PER_MINUTE; count++) await signInWithLink({ token: await linkFor(person) })
  const attempt = signInWithLink({ token: await linkFor(person) })
  await expect(attempt).rejects.toMatchObject({ kind: 'rate_limited' })
})

describe('group mappings', () => {
  const query = ListGroupMappingsQuery.parse({})

  test('are added once, listed and removed', async () => {
    const input = { group: 'engineers', teamId: here.teamId, role: 'developer' }
    const mapping = await addGroupMapping({ ctx: here.admin, input })
    expect(mapping).toMatchObject({ teamName: 'Platform', membership: 'member', role: 'developer' })
    await expect(addGroupMapping({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'conflict' })
    await expect(addGroupMapping({ ctx: here.admin, input: { group: 'x' } })).rejects.toMatchObject({
      fields: [{ field: 'teamId' }],
    })
    expect((await listGroupMappings(here.admin, query)).data).toEqual([mapping])
    expect((await listGroupMappings(elsewhere.admin, query)).data).toEqual([])
    const theirs = removeGroupMapping({ ctx: elsewhere.admin, input: { id: mapping.id } })
    await expect(theirs).rejects.toMatchObject({ kind: 'not_found' })
    await removeGroupMapping({ ctx: here.admin, input: { id: mapping.id } })
    const foreign = addGroupMapping({ ctx: elsewhere.admin, input })
    await expect(foreign).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('are out of reach without the permission, and no token makes administrators by one', async () => {
    const lead = await here.person(['team_lead'])
    const input = { group: 'engineers', role: 'administrator' }
    for (const ctx of [lead, here.serviceToken(['people.manage'])]) {
      await expect(addGroupMapping({ ctx, input })).rejects.toMatchObject({ kind: 'permission_denied' })
    }
    const removal = removeGroupMapping({ ctx: lead, input: { id: here.id } })
    await expect(removal).rejects.toMatchObject({ kind: 'permission_denied' })
    expect(() => listGroupMappings(lead, query)).toThrow(/people.manage/)
  })
})
