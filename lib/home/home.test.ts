import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { dismissNotice } from '#lib/notices/dismiss-notice.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { homeOverview } from './queries.ts'
import type { HomeOverview } from './schema.ts'

const DAY_MS = 86_400_000
const { system } = databases()
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

let here: TestOrganization
beforeAll(async () => {
  here = await makeOrganization()
})

async function makeModel(organization: TestOrganization, change: { sunsetAt?: Date; identifier: string }) {
  const [id, providerId] = [newId(), newId()]
  const common = { organizationId: organization.id, name: change.identifier, baseUrl: 'http://127.0.0.1:1' }
  await system.provider.create({ data: { ...common, id: providerId, kind: 'sandbox', lastTestOk: false } })
  const names = { displayName: change.identifier, upstreamModel: change.identifier }
  await system.model.create({ data: { ...names, ...change, id, providerId, organizationId: organization.id } })
  return { modelId: id, providerId }
}

/** What the organization itself gives cause for: the fleet is shared, and other suites kill gateways. */
const ownNeeds = ({ needs }: HomeOverview) => needs.filter(item => item.kind !== 'replica_unwell')

describe('what needs the viewer', () => {
  test('keys that end, by what is due first, and nobody else’s', async () => {
    const developer = await here.person(['developer'])
    const other = await here.person(['developer'])
    for (const [name, days] of [['soon', 3] as const, ['later', 60] as const, ['sooner', 1] as const]) {
      const key = await issueKey({ ctx: developer, input: { name, teamId: here.teamId } })
      await system.apiKey.update({ where: { id: key.id }, data: { expiresAt: inDays(days) } })
    }
    const { needs } = await homeOverview(developer)
    expect(needs.map(item => [item.kind, item.title])).toEqual([
      ['key_expiring', 'sooner expires soon'],
      ['key_expiring', 'soon expires soon'],
    ])
    expect((await homeOverview(other)).needs).toEqual([])
  })

  test('a notice until it is dismissed, and instead of what it already says', async () => {
    const developer = await here.person(['developer'])
    const key = await issueKey({ ctx: developer, input: { name: 'ending', teamId: here.teamId } })
    await system.apiKey.update({ where: { id: key.id }, data: { expiresAt: inDays(2) } })
    const id = newId()
    const words = { kind: 'key_expiring', title: 'ending ends', href: `/build/keys/${key.id}`, occasion: 'x' }
    await system.notice.create({
      data: { ...words, id, organizationId: here.id, personId: developer.actor.id ?? '' },
    })
    expect((await homeOverview(developer)).needs.map(item => item.noticeId)).toEqual([id])
    await dismissNotice({ ctx: developer, input: { id } })
    expect((await homeOverview(developer)).needs).toEqual([])
  })

  test('operators hear of failing providers and models without a price, developers of models that end', async () => {
    const organization = await makeOrganization()
    const developer = await organization.person(['developer'])
    const key = await issueKey({ ctx: developer, input: { name: 'k', teamId: organization.teamId } })
    const model = await makeModel(organization, { identifier: 'ending-model', sunsetAt: inDays(20) })
    const caller = { keyId: key.id, teamId: organization.teamId, personId: developer.actor.id }
    const unpriced = { costState: 'unpriced', costNanoUsd: null } as const
    await recordRequestEvents([makeRequestEvent(organization.id, { ...caller, ...model, ...unpriced })])
    const kindsOf = async (roles: Parameters<TestOrganization['person']>[0]) =>
      (await homeOverview(await organization.person(roles))).needs.map(item => item.kind)
    expect(await kindsOf(['operations'])).toEqual(expect.arrayContaining(['provider_failing', 'unpriced_usage']))
    expect((await homeOverview(developer)).needs.map(item => item.kind)).toEqual(['model_sunset'])
    expect(await kindsOf(['legal'])).toEqual([])
  })

  test('administrators hear of developers without a team', async () => {
    const organization = await makeOrganization()
    await organization.person(['developer'], { teamId: null })
    const needs = ownNeeds(await homeOverview(organization.admin))
    expect(needs.map(item => item.title)).toEqual(['Test developer is in no team'])
  })
})

describe('what changed', () => {
  test('an auditor sees all of it, a developer only what concerns them', async () => {
    const organization = await makeOrganization()
    const [mine, other] = [await organization.person(['developer']), await organization.person(['developer'])]
    await issueKey({ ctx: mine, input: { name: 'my-key', teamId: organization.teamId } })
    await issueKey({ ctx: other, input: { name: 'their-key', teamId: organization.teamId } })
    const titlesFor = async (ctx: typeof mine) => (await homeOverview(ctx)).changes.map(change => change.title)
    expect(await titlesFor(await organization.person(['auditor']))).toEqual([
      'Test developer issued API key their-key',
      'Test developer issued API key my-key',
    ])
    expect(await titlesFor(mine)).toEqual(['Test developer issued API key my-key'])
  })

  test('nothing of another organization', async () => {
    const elsewhere = await makeOrganization()
    const overview = await homeOverview(elsewhere.admin)
    const { changedCount, figures } = overview
    expect({ changedCount, needs: ownNeeds(overview) }).toEqual({ changedCount: 0, needs: [] })
    expect(figures).toEqual({
      requests: 0,
      refusedShare: null,
      monthCostUsd: '0.00',
      monthUnpricedRequests: 0,
      overheadP99Ms: null,
      selfService: { asked: 0, automatic: 0 },
    })
  })
})

test('the figures add up within the viewer’s reach', async () => {
  const organization = await makeOrganization()
  const now = new Date().toISOString()
  await recordRequestEvents([
    makeRequestEvent(organization.id, { occurredAt: now, costNanoUsd: '1500000000' }),
    makeRequestEvent(organization.id, {
      occurredAt: now,
      outcome: 'refused',
      status: 403,
      costState: 'none',
      costNanoUsd: null,
    }),
  ])
  const { figures } = await homeOverview(await organization.person(['finance'], { teamId: null }))
  expect(figures).toMatchObject({ requests: 2, refusedShare: 0.5, monthCostUsd: '1.50' })
  expect(figures.overheadP99Ms).toBeGreaterThan(0.3)
  expect((await homeOverview(await organization.person(['developer']))).figures.requests).toBe(0)
})

test('a service token has no home page', async () => {
  await expect(homeOverview(here.serviceToken(['usage.read']))).rejects.toMatchObject({ kind: 'permission_denied' })
})
