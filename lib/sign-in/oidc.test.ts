import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import NextAuth from 'next-auth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { authOptions } from '#lib/platform/auth/options.ts'
import { readSession } from '#lib/platform/auth/session.ts'
import { loadViewer, type Viewer } from '#lib/platform/auth/viewer.ts'
import { databases } from '#lib/platform/database.ts'
import { env } from '#lib/platform/env.ts'
import { type OidcAccount, type RunningOidcProvider, startOidcProvider } from '#test/oidc-provider.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { addGroupMapping } from './add-group-mapping.ts'
import { signInWithIdentity } from './sign-in-with-identity.ts'

let server: http.Server
let portal: string
let provider: RunningOidcProvider
let org: TestOrganization
let maria: OidcAccount

/** next-auth's real routes over HTTP, as app/api/auth mounts them. */
beforeAll(async () => {
  server = http.createServer(serveAuth).listen(0, '127.0.0.1')
  await once(server, 'listening')
  portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  provider = await startOidcProvider(`${portal}/api/auth/callback/oidc`)
  Object.assign(env(), {
    GATEHOUSE_PUBLIC_URL: portal,
    GATEHOUSE_OIDC_ISSUER: provider.issuer,
    GATEHOUSE_OIDC_CLIENT_ID: provider.clientId,
    GATEHOUSE_OIDC_CLIENT_SECRET: provider.clientSecret,
  })
})

afterAll(async () => {
  await provider.stop()
  server.close()
})

/** Mappings are found by group alone and attempts are counted by subject: each test takes its own of both. */
beforeEach(async () => {
  org = await makeOrganization('Acme')
  maria = {
    sub: `maria-${org.id}`,
    name: 'Maria Oliveira',
    email: `maria-${org.id}@acme.example`,
    email_verified: true,
    groups: [`engineers-${org.id}`],
  }
  provider.accounts.set(maria.sub, maria)
})

async function serveAuth(request: http.IncomingMessage, response: http.ServerResponse) {
  const url = new URL(request.url ?? '/', portal)
  const nextauth = url.pathname.split('/').slice(3)
  const cookies = Object.fromEntries(
    (request.headers.cookie ?? '')
      .split('; ')
      .map(pair => [pair.split('=')[0], decodeURIComponent(pair.split('=')[1] ?? '')]),
  )
  let text = ''
  for await (const chunk of request) text += chunk
  const asNext = Object.assign(request, {
    query: { ...Object.fromEntries(url.searchParams), nextauth },
    cookies,
    body: Object.fromEntries(new URLSearchParams(text)),
  })
  const answer = Object.assign(response, {
    status: (code: number) => Object.assign(response, { statusCode: code }),
    send: (body: unknown) => response.end(typeof body === 'string' ? body : JSON.stringify(body)),
    json: (body: unknown) => response.end(JSON.stringify(body)),
  })
  await NextAuth(asNext as never, answer as never, authOptions(signInWithIdentity))
}

/** A browser that keeps cookies by host and stops at the first address the portal itself would show. */
async function signIn(): Promise<{ landed: URL; viewer: Viewer | null }> {
  const jars = new Map<string, Map<string, string>>()
  async function go(url: string, form?: Record<string, string>) {
    const host = new URL(url).host
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name) jar.set(name, value ?? '')
    }
    return response
  }
  const { csrfToken } = (await (await go(`${portal}/api/auth/csrf`)).json()) as { csrfToken: string }
  let response = await go(`${portal}/api/auth/signin/oidc`, { csrfToken, callbackUrl: '/home' })
  let at = new URL(response.headers.get('location') ?? '', portal)
  while (at.origin !== portal || at.pathname.startsWith('/api/auth')) {
    response = await go(at.href)
    if (response.status === 200) response = await go(at.href, { account: maria.sub })
    at = new URL(response.headers.get('location') ?? '', at)
  }
  const session = await readSession(jars.get(new URL(portal).host)?.get('gatehouse.session'))
  return { landed: at, viewer: session && (await loadViewer(session)) }
}

const group = () => `engineers-${org.id}`
const map = (input: object) => addGroupMapping({ ctx: org.admin, input: { group: group(), ...input } })

test('a mapped group makes the person, their membership and their role', async () => {
  await map({ teamId: org.teamId, membership: 'lead', role: 'team_lead' })
  const { landed, viewer } = await signIn()
  expect(landed.pathname).toBe('/home')
  expect(viewer).toMatchObject({
    person: { name: 'Maria Oliveira', roles: ['team_lead'] },
    organization: { id: org.id },
    teams: [{ id: org.teamId, kind: 'lead' }],
  })
  const entries = await databases().system.auditEntry.findMany({
    where: { organizationId: org.id, actorName: 'sign-in' },
    orderBy: { sequence: 'asc' },
  })
  expect(entries.map(entry => entry.action)).toEqual([
    'person.created',
    'person.identity_linked',
    'person.signed_in',
    'membership.added',
    'person.updated',
  ])
})

test('a group that is gone takes away what it gave and nothing else', async () => {
  const other = await databases().system.team.create({
    data: {
      ...(await databases().system.team.findFirstOrThrow({ where: { id: org.teamId } })),
      id: crypto.randomUUID(),
      slug: 'hand',
      name: 'By hand',
      keyBounds: {},
    },
  })
  await map({ teamId: org.teamId, role: 'operations' })
  const first = await signIn()
  const personId = first.viewer?.person.id ?? ''
  const { system } = databases()
  await system.membership.create({ data: { organizationId: org.id, teamId: other.id, personId, kind: 'member' } })
  await system.person.update({ where: { id: personId }, data: { roles: { push: 'legal' } } })
  Object.assign(maria, { groups: [] })
  const { viewer } = await signIn()
  expect(viewer?.person.roles).toEqual(['legal'])
  expect(viewer?.teams.map(team => team.id)).toEqual([other.id])
})

test('somebody added by hand is known by their verified address, and by their identity from then on', async () => {
  const { system } = databases()
  const id = crypto.randomUUID()
  const { email } = maria
  await system.person.create({ data: { id, organizationId: org.id, email, name: 'M. Oliveira', roles: ['finance'] } })
  expect((await signIn()).viewer?.person).toMatchObject({ id, roles: ['finance'] })
  Object.assign(maria, { email: `married-${org.id}@acme.example`, email_verified: false })
  expect((await signIn()).viewer?.person.id).toBe(id)
})

test.each([
  ['nobody knows them and no group is mapped', 'unknown_person', {}],
  ['the provider does not vouch for the address', 'unverified_email', { email_verified: false }],
])('is refused with the reason when %s', async (_, reason, change) => {
  Object.assign(maria, change)
  const { landed, viewer } = await signIn()
  expect(`${landed.pathname}${landed.search}`).toBe(`/sign-in?error=${reason}`)
  expect(viewer).toBeNull()
})

test('an unverified address takes over nobody', async () => {
  const { email } = maria
  Object.assign(maria, { email_verified: false })
  const { system } = databases()
  await system.person.create({
    data: { id: crypto.randomUUID(), organizationId: org.id, email, name: 'Victim', roles: [] },
  })
  await map({ role: 'developer' })
  expect((await signIn()).landed.search).toBe('?error=unverified_email')
})

test('the last administrator keeps the role when the group is gone', async () => {
  await map({ role: 'administrator' })
  await signIn()
  await databases().system.person.updateMany({
    where: { id: org.admin.actor.id ?? '' },
    data: { status: 'deactivated' },
  })
  Object.assign(maria, { groups: [] })
  expect((await signIn()).viewer?.person.roles).toEqual(['administrator'])
})
