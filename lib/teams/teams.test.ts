import { beforeAll, describe, expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { archiveTeam, unarchiveTeam } from './archive-team.ts'
import { createTeam } from './create-team.ts'
import { getTeam, listTeams } from './queries.ts'
import { removeMember } from './remove-member.ts'
import { ListTeamsQuery } from './schema.ts'
import { setMember } from './set-member.ts'
import { updateTeam } from './update-team.ts'

let here: TestOrganization
let elsewhere: TestOrganization

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
})

const published = async (id: string) =>
  (await databases().system.gatewayConfig.findFirst({ where: { kind: 'team', id } }))?.doc
const query = (change: object = {}) => ListTeamsQuery.parse(change)

describe('a team', () => {
  test('is created with bounds in dollars, published and audited', async () => {
    const input = { name: 'Payments & Risk', keyBounds: { maxDailyLimitUsd: '12.5', maxLifetimeDays: 30 } }
    const team = await createTeam({ ctx: here.admin, input })
    expect(team.keyBounds).toEqual({ maxLifetimeDays: 30, maxRequestsPerMinute: 600, maxDailyLimitUsd: '12.50' })
    expect(await published(team.id)).toEqual({
      name: 'Payments & Risk',
      slug: 'payments-risk',
      active: true,
      leadIds: [],
    })
    const entry = await databases().system.auditEntry.findFirstOrThrow({ where: { subjectId: team.id } })
    expect(entry.action).toBe('team.created')
    await expect(createTeam({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'conflict' })
  })

  test('keeps what an update leaves out', async () => {
    const team = await createTeam({ ctx: here.admin, input: { name: 'Search', costCentre: 'CC-7' } })
    const input = { id: team.id, description: 'Finds things', keyBounds: { maxRequestsPerMinute: 60 } }
    const updated = await updateTeam({ ctx: here.admin, input })
    expect(updated).toMatchObject({ name: 'Search', costCentre: 'CC-7', description: 'Finds things' })
    expect(updated.keyBounds).toEqual({ maxLifetimeDays: 365, maxRequestsPerMinute: 60, maxDailyLimitUsd: '50.00' })
  })

  test('archived is inactive at the gateways until it is brought back', async () => {
    const team = await createTeam({ ctx: here.admin, input: { name: 'Old' } })
    await archiveTeam({ ctx: here.admin, input: { id: team.id } })
    expect(await published(team.id)).toMatchObject({ active: false })
    const person = await here.person(['developer'], { teamId: null })
    const input = { teamId: team.id, personId: person.actor.id }
    await expect(setMember({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'conflict' })
    expect((await listTeams(here.admin, query())).data.map(item => item.id)).not.toContain(team.id)
    expect((await listTeams(here.admin, query({ state: 'archived' }))).data.map(item => item.id)).toEqual([team.id])
    await unarchiveTeam({ ctx: here.admin, input: { id: team.id } })
    expect(await published(team.id)).toMatchObject({ active: true })
  })
})

test('a membership is added, changed, made permanent and taken away, each audited once', async () => {
  const team = await createTeam({ ctx: here.admin, input: { name: 'Members' } })
  const person = await here.person(['developer'], { teamId: null })
  const input = { teamId: team.id, personId: person.actor.id }
  await setMember({ ctx: here.admin, input })
  await setMember({ ctx: here.admin, input })
  await setMember({ ctx: here.admin, input: { ...input, kind: 'lead' } })
  expect(await getTeam(here.admin, team.id)).toMatchObject({ memberCount: 1, leads: [{ id: person.actor.id }] })
  await removeMember({ ctx: here.admin, input })
  await expect(removeMember({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'not_found' })
  const entries = await databases().system.auditEntry.findMany({
    where: { subjectId: team.id, action: { startsWith: 'membership.' } },
    orderBy: { sequence: 'asc' },
  })
  expect(entries.map(entry => entry.action)).toEqual(['membership.added', 'membership.changed', 'membership.removed'])
})

describe('who may', () => {
  test('without the permission nothing can be changed', async () => {
    const lead = await here.person(['team_lead'], { lead: true })
    const id = here.teamId
    const member = { teamId: id, personId: lead.actor.id }
    for (const attempt of [
      () => createTeam({ ctx: lead, input: { name: 'Mine' } }),
      () => updateTeam({ ctx: lead, input: { id, name: 'Mine' } }),
      () => archiveTeam({ ctx: lead, input: { id } }),
      () => unarchiveTeam({ ctx: lead, input: { id } }),
      () => setMember({ ctx: lead, input: member }),
      () => removeMember({ ctx: lead, input: member }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'permission_denied' })
    }
    expect(() => listTeams(here.serviceToken([]), query())).toThrow(/teams.read/)
    expect(() => getTeam(here.serviceToken([]), id)).toThrow(/teams.read/)
  })

  test('another organization’s teams and people do not exist', async () => {
    const id = here.teamId
    const stranger = await here.person(['developer'])
    const ctx = elsewhere.admin
    for (const attempt of [
      () => getTeam(ctx, id),
      () => getTeam(ctx, 'no-id'),
      () => updateTeam({ ctx, input: { id, name: 'Ours' } }),
      () => archiveTeam({ ctx, input: { id } }),
      () => unarchiveTeam({ ctx, input: { id } }),
      () => setMember({ ctx, input: { teamId: id, personId: ctx.actor.id } }),
      () => setMember({ ctx, input: { teamId: elsewhere.teamId, personId: stranger.actor.id } }),
      () => removeMember({ ctx, input: { teamId: id, personId: stranger.actor.id } }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' })
    }
    expect((await listTeams(ctx, query({ state: 'all' }))).data.map(team => team.id)).toEqual([elsewhere.teamId])
  })
})
