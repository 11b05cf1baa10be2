import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { DEFAULT_PREFERENCES } from '#core/notifications/preferences.ts'
import { notify } from '#lib/notices/notify.ts'
import { getPreferences } from '#lib/notification-preferences/queries.ts'
import { setPreferences } from '#lib/notification-preferences/set-preferences.ts'
import { unsubscribe } from '#lib/notification-preferences/unsubscribe.ts'
import type { Context } from '#lib/platform/context.ts'
import { transact } from '#lib/platform/transaction.ts'
import { type MailServer, startMailServer } from '#test/mail-server.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { createChannel } from '../create-channel.ts'
import { deliverDue } from '../deliver-due.ts'
import { listDeliveries } from '../queries.ts'
import { ListDeliveriesQuery } from '../schema.ts'
import { testChannel } from '../test-channel.ts'
import { composeEmail } from './compose-email.ts'

let removeDatabase: () => Promise<void>
let here: TestOrganization
const servers: MailServer[] = []
beforeAll(async () => {
  removeDatabase = await takeOwnDatabase()
  here = await makeOrganization('Acme')
})
afterAll(async () => {
  await Promise.all(servers.map(server => server.stop()))
  await removeDatabase?.()
})

async function serve(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const server = await startMailServer(options)
  servers.push(server)
  return server
}

const channelTo = (organization: TestOrganization, port: number, target: object = {}) =>
  createChannel({
    ctx: organization.admin,
    input: {
      name: 'Mail',
      target: {
        ...{ kind: 'email', host: '127.0.0.1', port, security: 'none', from: 'Gatehouse <gatehouse@acme.test>' },
        ...{ allowPrivateNetwork: true, ...target },
      },
    },
  })
const tell = (ctx: Context, change: object = {}) =>
  transact(ctx, tx => {
    const news = {
      kind: 'key_expiring' as const,
      occasion: newId(),
      title: 'Key <laptop> expires',
      detail: 'Rotate it',
      href: '/k',
    }
    return notify(tx, ctx, [ctx.actor.id], { ...news, ...change })
  })

describe('mail', () => {
  test('reaches the person in plain text and HTML, with a way out', async () => {
    const organization = await makeOrganization('Acme')
    const server = await serve()
    const { id } = await channelTo(organization, server.port)
    await tell(organization.admin)
    await deliverDue()
    const [mail] = server.received
    expect(mail?.from).toBe('gatehouse@acme.test')
    expect(mail?.to).toEqual([`${organization.admin.actor.id}@example.test`])
    expect(mail?.text).toContain('Subject: Key <laptop> expires')
    expect(mail?.text).toMatch(/List-Unsubscribe: <http[^>]+unsubscribe\?person=/)
    expect(mail?.text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(mail?.text).toContain('Content-Type: text/plain')
    expect(mail?.text).toContain('<strong>Key &lt;laptop&gt; expires</strong>')
    expect(mail?.text).toContain('/settings/notifications')
    const { data } = await listDeliveries(organization.admin, ListDeliveriesQuery.parse({ channelId: id }))
    expect(data).toMatchObject([{ state: 'sent', attempts: [{ status: 250 }] }])
    expect(mail?.text).toContain(`<${data[0]?.id}@`)
  })

  test('is encrypted where that is demanded, signs in, and believes no certificate that it was not told of', async () => {
    const { key, cert } = makeCertificate()
    const onAuth: NonNullable<Parameters<typeof startMailServer>[0]>['onAuth'] = ({ username, password }, _, done) =>
      username === 'mailer' && password === 'a-password' ? done(null, { user: username }) : done(new Error('no'))
    const server = await serve({ key, cert, onAuth })
    const secure = { host: 'localhost', security: 'starttls', user: 'mailer', password: 'a-password' }
    const to = { personId: here.admin.actor.id ?? '' }
    const trusted = await channelTo(here, server.port, { ...secure, certificateAuthority: cert })
    expect((await testChannel({ ctx: here.admin, input: { id: trusted.id, ...to } })).state).toBe('sent')
    expect(server.received).toMatchObject([{ secure: true }])
    const wrong = await channelTo(here, server.port, { ...secure, certificateAuthority: cert, password: 'another' })
    expect(await testChannel({ ctx: here.admin, input: { id: wrong.id } })).toMatchObject({
      state: 'failed',
      attempts: [{ status: 535 }],
    })
    const unknown = await channelTo(here, server.port, secure)
    expect((await testChannel({ ctx: here.admin, input: { id: unknown.id } })).attempts[0]?.answer).toMatch(
      /certificate/,
    )
    const plain = await serve()
    const demanding = await channelTo(here, plain.port, { security: 'starttls' })
    expect((await testChannel({ ctx: here.admin, input: { id: demanding.id } })).state).not.toBe('sent')
    expect(plain.received).toEqual([])
  })

  test('that the server refuses for now is tried again; for good, it is not', async () => {
    const refusing = (responseCode: number) =>
      serve({ onRcptTo: (_, __, done) => done(Object.assign(new Error('not now'), { responseCode })) })
    const outcomeOf = async (code: number) => {
      const { id } = await channelTo(here, (await refusing(code)).port)
      const { state, attempts } = await testChannel({ ctx: here.admin, input: { id } })
      return { state, status: attempts[0]?.status }
    }
    expect(await outcomeOf(451)).toEqual({ state: 'waiting', status: 451 })
    expect(await outcomeOf(550)).toEqual({ state: 'failed', status: 550 })
  })

  test('without encryption goes nowhere but into a private network', async () => {
    await expect(channelTo(here, 25, { host: 'mail.example.com', allowPrivateNetwork: false })).rejects.toThrow(
      /private/,
    )
  })
})

describe('what somebody chose', () => {
  test('holds: off, put together at a time, and low risk waits for the digest', async () => {
    const organization = await makeOrganization('Acme')
    const server = await serve()
    await channelTo(organization, server.port)
    const person = await organization.person(['developer'])
    const choose = (change: object) =>
      setPreferences({ ctx: person, input: { preferences: { ...DEFAULT_PREFERENCES, ...change } } })
    await choose({ delivery: [{ kind: 'key_expiring', channel: 'email', when: 'off' }] })
    await tell(person)
    await choose({ delivery: [{ kind: 'key_expiring', channel: 'email', when: 'digest' }], digest: { every: 'hour' } })
    for (const title of ['first', 'second']) await tell(person, { title })
    await tell(person, { kind: 'approval_waiting', risk: 'low', title: 'third' })
    await deliverDue()
    expect(server.received).toEqual([])
    await deliverDue(new Date(Date.now() + 3_600_000))
    expect(server.received).toHaveLength(1)
    expect(server.received[0]?.text).toContain('Subject: 3 notifications from Acme')
    for (const title of ['first', 'second', 'third']) expect(server.received[0]?.text).toContain(title)
  })

  test('ends with one press in a mail program, by an address that was made here', async () => {
    const person = await here.person(['developer'])
    const server = await serve()
    const { id } = await channelTo(here, server.port)
    await testChannel({ ctx: here.admin, input: { id, personId: person.actor.id ?? '' } })
    const link = new URL(/List-Unsubscribe: <([^>]+)>/.exec(server.received[0]?.text ?? '')?.[1] ?? '')
    const [who, token] = [link.searchParams.get('person'), link.searchParams.get('token')]
    expect(await unsubscribe({ person: here.admin.actor.id, token })).toBe(false)
    expect(await unsubscribe({ person: who, token: null })).toBe(false)
    expect(await unsubscribe({ person: who, token })).toBe(true)
    const { preferences } = await getPreferences(person)
    expect(preferences.delivery.filter(({ channel }) => channel === 'email').every(({ when }) => when === 'off')).toBe(
      true,
    )
  })

  test('is one’s own: nobody else’s to see or change', async () => {
    const [person, other] = [await here.person(['developer']), await here.person(['developer'])]
    const elsewhere = await makeOrganization()
    const personId = person.actor.id ?? ''
    const input = { personId, preferences: DEFAULT_PREFERENCES }
    expect(() => getPreferences(other, personId)).toThrow(/notifications.manage/)
    expect(() => setPreferences({ ctx: other, input })).toThrow(/notifications.manage/)
    await expect(setPreferences({ ctx: elsewhere.admin, input })).rejects.toMatchObject({ kind: 'not_found' })
    expect(await setPreferences({ ctx: here.admin, input })).toMatchObject({ chosen: true })
  })
})

test('text and HTML say the same words', () => {
  const message = { kind: 'k', href: '/x', dueAt: '2026-11-21T09:00:00.000Z', tier: null, approvalId: null, people: [] }
  const told = ['A & B', '"quoted" <tag>'].map(title => ({ ...message, title, detail: `about ${title}` }))
  const { text, html } = composeEmail(told, { portal: 'https://gatehouse.test', organization: 'Acme' })
  const bare = html
    .replaceAll(/<a href="([^"]+)"[^>]*>(.*?)<\/a>/g, '$2: $1')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
  const words = (of: string) => of.split(/\s+/).filter(Boolean)
  expect(words(bare)).toEqual(words(text))
})

function makeCertificate(): { key: string; cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-mail-'))
  const [key, cert] = ['key.pem', 'cert.pem'].map(name => path.join(folder, name)) as [string, string]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const form = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert]
  execFileSync('openssl', [...form, ...subject], { stdio: 'ignore' })
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  rmSync(folder, { recursive: true })
  return made
}
