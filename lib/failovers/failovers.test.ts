import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { endOrphanedFailovers } from './end-orphaned-failovers.ts'
import { listFailovers } from './queries.ts'
import { ListFailoversQuery } from './schema.ts'

const { system } = databases()
const query = ListFailoversQuery.parse({})

let gateways: pg.Pool
let here: TestOrganization
let user: Context
let bystander: Context
let operator: Context
let modelId: string
let substituteId: string

beforeAll(async () => {
  const options = { connectionString: process.env.DATABASE_URL, options: '-c role=gatehouse_gateway', max: 4 }
  gateways = new pg.Pool(options)
  here = await makeOrganization()
  user = await here.person(['developer'])
  bystander = await here.person(['developer'], { teamId: null })
  operator = await here.person(['operations'], { teamId: null })
})
afterAll(() => gateways.end())

beforeEach(async () => {
  const [organizationId, providerId] = [here.id, newId()]
  modelId = newId()
  substituteId = newId()
  const provider = { id: providerId, organizationId, name: providerId, baseUrl: 'http://127.0.0.1:1' }
  await system.provider.create({ data: { ...provider, kind: 'sandbox' } })
  const model = (id: string, substitutes: object[]) => ({
    data: { id, organizationId, providerId, identifier: id, displayName: id, upstreamModel: id, substitutes },
  })
  await system.model.create(model(modelId, [{ modelId: substituteId, when: ['outage'] }]))
  await system.model.create(model(substituteId, []))
  await recordRequestEvents([makeRequestEvent(here.id, { teamId: here.teamId, modelId, providerId })])
})

async function replica(): Promise<string> {
  const [id, now] = [newId(), new Date()]
  const row = { id, name: id, adminUrl: 'http://127.0.0.1:1', state: 'ready', configVersion: 0n, stats: {} }
  await system.gatewayReplica.create({ data: { ...row, configAt: now, startedAt: now, lastSeenAt: now } })
  return id
}

const report = (replicaId: string, state: string, of = { organizationId: here.id, modelId }) =>
  gateways.query('select report_breaker($1, $2, $3, $4, $5)', [of.organizationId, of.modelId, replicaId, state, '503'])

/** Titles of what a person was told of this test's deployment, oldest first. */
async function toldTo({ actor }: Context): Promise<string[]> {
  const where = { personId: actor.id ?? '', title: { startsWith: modelId } }
  const notices = await system.notice.findMany({ where, orderBy: { id: 'asc' } })
  return notices.map(notice => notice.title.slice(modelId.length + 1))
}

const failoversOf = async (ctx: Context) => (await listFailovers(ctx, { ...query, modelId })).data

describe('a failover', () => {
  test('seen by two replicas at once is one, told once, and its end once', async () => {
    const [first, second] = [await replica(), await replica()]
    await Promise.all([first, second, first, second].map(id => report(id, 'open')))
    expect(await toldTo(user)).toEqual(['does not answer'])
    const [active] = await failoversOf(user)
    expect(active).toMatchObject({ endedAt: null, substituteId, reason: '503' })
    await report(first, 'half_open')
    await report(first, 'closed')
    expect(await failoversOf(user)).toMatchObject([{ id: active?.id, endedAt: null }])
    expect(await toldTo(user)).toEqual(['does not answer'])
    await Promise.all([second, second, first].map(id => report(id, 'closed')))
    expect(await toldTo(user)).toEqual(['does not answer', 'answers again'])
    expect(await failoversOf(user)).toMatchObject([{ id: active?.id, endedAt: expect.any(String) }])
  })

  test('is told to the teams that use the deployment and to Operations, to nobody else', async () => {
    await report(await replica(), 'open')
    const stranger = await (await makeOrganization()).person(['operations'])
    expect(await toldTo(user)).toHaveLength(1)
    expect(await toldTo(operator)).toHaveLength(1)
    expect(await toldTo(bystander)).toHaveLength(0)
    expect(await toldTo(stranger)).toHaveLength(0)
    expect(await failoversOf(stranger)).toEqual([])
  })

  test('that comes back is a new one', async () => {
    const id = await replica()
    for (const state of ['open', 'closed', 'open', 'closed']) await report(id, state)
    expect(await failoversOf(user)).toHaveLength(2)
    expect(await toldTo(user)).toHaveLength(4)
  })

  test('held by a replica that is gone ends with the next sweep, one held by a living one does not', async () => {
    const [alive, dead] = [await replica(), await replica()]
    await report(dead, 'open')
    await system.gatewayReplica.delete({ where: { id: dead } })
    await report(alive, 'open')
    await endOrphanedFailovers()
    expect(await toldTo(user)).toEqual(['does not answer'])
    await system.gatewayReplica.update({ where: { id: alive }, data: { lastSeenAt: new Date(Date.now() - 120_000) } })
    await endOrphanedFailovers()
    expect(await toldTo(user)).toEqual(['does not answer', 'answers again'])
  })
})

test('a report of another organization’s deployment, or in unknown words, changes nothing', async () => {
  const elsewhere = await makeOrganization()
  const id = await replica()
  await report(id, 'open', { organizationId: elsewhere.id, modelId })
  expect(await failoversOf(user)).toEqual([])
  await expect(report(id, 'broken')).rejects.toThrow(/half_open/)
})

test('nobody without the permission sees failovers', async () => {
  const nobody = await here.person([])
  expect(() => listFailovers(nobody, query)).toThrow(/routes.read/)
})
