import { describe, expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { channelSuite, makeNews, tell } from '#test/channel-suite.ts'
import { makeOrganization } from '#test/organization.ts'
import { archiveChannel } from './archive-channel.ts'
import { createChannel } from './create-channel.ts'
import { deliverDue } from './deliver-due.ts'
import { channelHistory, listChannels } from './queries.ts'
import { rotateSecret } from './rotate-secret.ts'
import { testChannel } from './test-channel.ts'
import { updateChannel } from './update-channel.ts'

const suite = channelSuite()

describe('an address', () => {
  test.each([
    ['http://hooks.example.com/x', /https/],
    ['https://user:secret@hooks.example.com/x', /password/],
    ['https://127.0.0.1/x', /private network/],
    ['https://localhost/x', /private network/],
    ['https://10.1.2.3/x', /private network/],
    ['https://[::1]/x', /private network/],
    ['https://169.254.169.254/x', /metadata/],
  ])('%s is refused', async (url, words) => {
    await expect(suite.webhook({ url, allowPrivateNetwork: false })).rejects.toThrow(words)
  })

  test('of a metadata service is refused even where a private network is allowed', async () => {
    await expect(suite.webhook({ url: 'https://169.254.169.254/x' })).rejects.toThrow(/metadata/)
  })

  test('is checked again at every connection', async () => {
    const { id } = await suite.webhook()
    const target = {
      kind: 'webhook',
      url: suite.receiver.url.replace('127.0.0.1', 'localhost'),
      allowPrivateNetwork: false,
    }
    await databases().system.notificationChannel.update({ where: { id }, data: { target } })
    const { state, attempts } = await testChannel({ ctx: suite.here.admin, input: { id } })
    expect(state).toBe('failed')
    expect(attempts[0]?.answer).toMatch(/private network/)
    expect(suite.receiver.received).toEqual([])
  })
})

describe('a secret', () => {
  const email = {
    kind: 'email',
    host: '127.0.0.1',
    user: 'gatehouse',
    from: 'a@example.test',
    allowPrivateNetwork: true,
  }
  const slack = { kind: 'slack', apiUrl: 'https://slack.com/api' }
  test.each([
    [email, { password: 'of-the-first' }, { host: '127.0.0.2' }],
    [email, { password: 'of-the-first' }, { security: 'none' }],
    [slack, { botToken: 'xoxb-first', signingSecret: 'first' }, { apiUrl: 'https://slack.example.com/api' }],
  ])('goes to no other address than the one it was given for', async (target, secrets, elsewhere) => {
    const ctx = suite.here.admin
    const { id } = await createChannel({ ctx, input: { name: 'C', target: { ...target, ...secrets } } })
    const change = (more: object) => updateChannel({ ctx, input: { id, target: { ...target, ...more } } })
    await expect(change(elsewhere)).rejects.toThrow(/anew/)
    expect((await change({})).secretsSet).toEqual(Object.keys(secrets))
    expect((await change({ ...elsewhere, ...secrets })).target).toMatchObject(elsewhere)
  })
})

describe('a channel', () => {
  test('is of kinds of news that there are', async () => {
    const { id } = await suite.webhook()
    const change = (newsKinds: string[]) => updateChannel({ ctx: suite.here.admin, input: { id, newsKinds } })
    await expect((async () => change(['approval_wating']))()).rejects.toMatchObject({ kind: 'invalid_input' })
    expect((await change(['policy_asked'])).newsKinds).toEqual(['policy_asked'])
  })

  test('is tested at once, and says what came of it', async () => {
    const { id } = await suite.webhook()
    const { state, kind } = await testChannel({ ctx: suite.here.admin, input: { id } })
    expect({ state, kind }).toEqual({ state: 'sent', kind: 'test' })
    expect(JSON.parse(suite.receiver.received[0]?.body ?? '').data.title).toBe('A test from Gatehouse')
  })

  test('gets only the kinds it is for, and nothing while it is paused', async () => {
    const { id } = await suite.webhook()
    await updateChannel({ ctx: suite.here.admin, input: { id, newsKinds: ['approval_waiting'] } })
    await tell(suite.here.admin, makeNews())
    expect(await deliverDue()).toBe(0)
    await tell(suite.here.admin, makeNews({ kind: 'approval_waiting' }))
    await updateChannel({ ctx: suite.here.admin, input: { id, enabled: false, reason: 'moving' } })
    await tell(suite.here.admin, makeNews({ kind: 'approval_waiting' }))
    expect(await deliverDue()).toBe(0)
    await updateChannel({ ctx: suite.here.admin, input: { id, enabled: true } })
    expect(await deliverDue()).toBe(1)
    expect((await channelHistory(suite.here.admin, id)).map(({ version }) => version)).toEqual([4, 3, 2, 1])
  })

  test('leaves out details of a tier above its own', async () => {
    for (const [name, rank] of [
      ['Internal', 10],
      ['Restricted', 30],
    ] as const) {
      await createTier({ ctx: suite.here.admin, input: { name, rank, description: '' } })
    }
    const { id } = await suite.webhook()
    const detailOf = async (tierOf: string | null) => {
      suite.receiver.received.length = 0
      await tell(suite.here.admin, makeNews({ tier: tierOf, detail: 'the-detail' }))
      await deliverDue()
      return JSON.parse(suite.receiver.received[0]?.body ?? '{}').data.detail
    }
    expect(await detailOf(null)).toBe('the-detail')
    expect(await detailOf('Internal')).not.toContain('the-detail')
    await updateChannel({ ctx: suite.here.admin, input: { id, detailsUpTo: 'Internal' } })
    expect(await detailOf('Internal')).toBe('the-detail')
    expect(await detailOf('Restricted')).not.toContain('the-detail')
    expect(await detailOf('Nobody knows')).not.toContain('the-detail')
  })

  test('keeps its secrets to itself: in no answer, version, audit entry or column', async () => {
    const input = { name: 'Chat', target: { kind: 'teams', url: 'https://flows.example.com/a-secret-flow' } }
    const created = await createChannel({ ctx: suite.here.admin, input })
    expect(created.secretsSet).toEqual(['url'])
    const { system } = databases()
    const where = { organizationId: suite.here.id }
    const kept = [
      created,
      await listChannels(suite.here.admin),
      await system.notificationChannel.findMany({ where }),
      await system.recordVersion.findMany({ where }),
      await system.auditEntry.findMany({ where, select: { before: true, after: true } }),
    ]
    expect(JSON.stringify(kept)).not.toContain('a-secret-flow')
  })

  test('that is archived forgets its secrets and drops what waits; its log stays', async () => {
    const { id } = await suite.webhook()
    await tell(suite.here.admin, makeNews())
    expect(await archiveChannel({ ctx: suite.here.admin, input: { id } })).toEqual({ id, dropped: 1 })
    expect(await deliverDue()).toBe(0)
    expect(await suite.deliveries(id)).toMatchObject([{ state: 'dropped' }])
    expect(await listChannels(suite.here.admin)).toEqual([])
    await expect(testChannel({ ctx: suite.here.admin, input: { id } })).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('is nobody else’s: without the permission, and for another organization', async () => {
    const { id } = await suite.webhook()
    const developer = await suite.here.person(['developer'])
    const elsewhere = await makeOrganization()
    expect(() => listChannels(developer)).toThrow(/notifications.read/)
    for (const verb of [testChannel, rotateSecret, archiveChannel, updateChannel]) {
      await expect((async () => verb({ ctx: developer, input: { id } }))()).rejects.toMatchObject({
        kind: 'permission_denied',
      })
      await expect((async () => verb({ ctx: elsewhere.admin, input: { id } }))()).rejects.toMatchObject({
        kind: 'not_found',
      })
    }
    await tell(elsewhere.admin, makeNews())
    expect(await deliverDue()).toBe(0)
  })
})
