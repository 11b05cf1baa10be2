import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { createWorkload } from './create-workload.ts'
import { getWorkload, listUnregistered, listWorkloads, workloadHistory } from './queries.ts'
import { reviewWorkload } from './review-workload.ts'
import { ListWorkloadsQuery } from './schema.ts'
import { listTransitions } from './transitions.ts'
import { updateWorkload } from './update-workload.ts'

let org: TestOrganization
let stranger: TestOrganization

beforeAll(async () => {
  org = await makeOrganization()
  stranger = await makeOrganization()
})

const register = (more: object = {}) =>
  createWorkload({ ctx: org.admin, input: { name: `Triage ${newId()}`, teamId: org.teamId, ...more } })

async function published(id: string): Promise<unknown> {
  const row = await databases().system.gatewayConfig.findFirst({ where: { kind: 'workload', id } })
  return row?.doc
}

describe('a workload', () => {
  test('is registered in development, published, and kept as a version', async () => {
    const made = await register({ name: 'Claims reading', slug: 'claims' })
    expect(made).toMatchObject({
      slug: 'claims',
      lifecycle: 'development',
      keyScope: 'team',
      version: 1,
      briefId: null,
    })
    expect(await published(made.id)).toEqual({
      slug: 'claims',
      name: 'Claims reading',
      lifecycle: 'development',
      sunsetAt: null,
      teamId: org.teamId,
      keyScope: 'team',
      tier: null,
      modelIds: [],
      costPerCallNanoUsd: null,
    })
    const [first] = await workloadHistory(org.admin, made.id)
    expect(first).toMatchObject({ version: 1, authorName: org.admin.actor.name })
    await expect(register({ slug: 'claims' })).rejects.toMatchObject({ kind: 'conflict' })
  })

  test('is changed by its owner and the lead of its team, and by no other developer', async () => {
    const owner = await org.person(['developer'])
    const lead = await org.person(['team_lead'], { lead: true })
    const other = await org.person(['developer'])
    const { id } = await register({ ownerId: owner.actor.id })
    const rename = (ctx: typeof owner, name: string) => updateWorkload({ ctx, input: { id, name } })
    expect(await rename(owner, 'By its owner')).toMatchObject({ version: 2 })
    expect(await rename(lead, 'By the lead')).toMatchObject({ version: 3 })
    await expect(rename(other, 'By another')).rejects.toMatchObject({ kind: 'not_found' })
    await expect(rename(await org.person(['auditor']), 'x')).rejects.toMatchObject({ kind: 'permission_denied' })
    await expect(rename(stranger.admin, 'x')).rejects.toMatchObject({ kind: 'not_found' })
    await expect(getWorkload(stranger.admin, id)).rejects.toMatchObject({ kind: 'not_found' })
    const [latest] = await workloadHistory(org.admin, id)
    expect(latest?.changes).toEqual([{ field: 'name', before: 'By its owner', after: 'By the lead' }])
  })

  test('tells what would end with it, and its keys only to who may see them', async () => {
    const { id } = await register({ keyScope: 'bound' })
    const holder = await org.person(['developer'])
    await issueKey({ ctx: holder, input: { name: 'bound', teamId: org.teamId, workloadId: id } })
    const outsider = await org.person(['developer'], { teamId: null })
    const keysFor = async (ctx: typeof holder) =>
      (await listTransitions(ctx, id)).flatMap(({ reclaimed }) => reclaimed).filter(({ kind }) => kind === 'key')
    expect(await keysFor(org.admin)).toMatchObject([{ name: 'bound' }])
    expect(await keysFor(holder)).toMatchObject([{ name: 'bound' }])
    expect(await keysFor(outsider)).toEqual([])
  })

  test('is registered without a brief only by who manages all of them', async () => {
    const lead = await org.person(['team_lead'], { lead: true })
    const input = { name: 'Mine', teamId: org.teamId }
    await expect(createWorkload({ ctx: lead, input })).rejects.toMatchObject({ kind: 'permission_denied' })
  })

  test('names nobody and nothing that there is not', async () => {
    for (const terms of [{ teamId: stranger.teamId }, { ownerId: stranger.admin.actor.id }, { tier: 'Cosmic' }]) {
      await expect(register(terms)).rejects.toMatchObject({ kind: 'invalid_input' })
    }
    await expect(register({ modelIds: [newId()] })).rejects.toMatchObject({ kind: 'invalid_input' })
    await expect(register({ colour: 'red' })).rejects.toMatchObject({ kind: 'invalid_input' })
  })

  test('is reviewed, and the next review is due later', async () => {
    const { id, reviewBy } = await register({ reviewInDays: 7 })
    const input = { id, note: 'Quality as planned', nextReviewInDays: 90 }
    const reviewed = await reviewWorkload({ ctx: org.admin, input })
    expect(Date.parse(reviewed.reviewBy)).toBeGreaterThan(Date.parse(reviewBy))
    expect((await workloadHistory(org.admin, id))[0]).toMatchObject({ reason: 'Quality as planned' })
  })

  test('takes keys of its team, and a key keeps it when it is rotated', async () => {
    const { id } = await register()
    const elsewhere = newId()
    const { system } = databases()
    const bounds = (await system.team.findUniqueOrThrow({ where: { id: org.teamId } })).keyBounds ?? {}
    const team = { organizationId: org.id, name: 'Other', slug: elsewhere, keyBounds: bounds }
    await system.team.create({ data: { id: elsewhere, ...team } })
    const issue = (teamId: string) => issueKey({ ctx: org.admin, input: { name: 'k', teamId, workloadId: id } })
    await expect(issue(elsewhere)).rejects.toMatchObject({ kind: 'invalid_input' })
    const key = await issue(org.teamId)
    const row = await system.gatewayConfig.findFirstOrThrow({ where: { kind: 'key', id: key.id } })
    expect(row.doc).toMatchObject({ workloadId: id })
  })
})

test('names seen in traffic and registered by nobody are listed, the most called first', async () => {
  const { slug } = await register({ slug: 'registered' })
  const { id: organizationId, teamId } = org
  const names = [slug, 'night-run', 'night-run', 'drafts']
  await recordRequestEvents(names.map(workload => makeRequestEvent(organizationId, { teamId, workload })))
  const seen = await listUnregistered(org.admin)
  expect(seen.map(({ name, requests, teams }) => [name, requests, teams.map(team => team.id)])).toEqual([
    ['night-run', 2, [teamId]],
    ['drafts', 1, [teamId]],
  ])
  expect(await listUnregistered(stranger.admin)).toEqual([])
  const { data } = await listWorkloads(org.admin, ListWorkloadsQuery.parse({ search: 'registered' }))
  expect(data.find(one => one.slug === slug)).toMatchObject({ requests: 1 })
})
