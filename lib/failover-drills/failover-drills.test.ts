import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Evidence, hashEvidence } from '#core/evidence/evidence.ts'
import { newId } from '#core/ids.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { createRoute } from '#lib/routes/create-route.ts'
import { updateRoute } from '#lib/routes/update-route.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { closeDeadDrills } from './close-dead-drills.ts'
import { drillCandidates } from './drill-candidates.ts'
import { unfinished } from './drill-findings.ts'
import { lastOccasion } from './drill-occasions.ts'
import { DEFAULT_PLAN, getDrillPlan } from './drill-plan.ts'
import { finishDrill } from './finish-drill.ts'
import { getDrill, listDrills } from './queries.ts'
import { ListDrillsQuery } from './schema.ts'
import { startDrill } from './start-drill.ts'
import { startDueDrills } from './start-due-drills.ts'
import { updateDrillPlan } from './update-drill-plan.ts'

// Workers of other suites would take up what waits here.
const removeDatabase = await takeOwnDatabase()
afterAll(() => removeDatabase())

const { system } = databases()
const all = ListDrillsQuery.parse({})
const DAY_MS = 86_400_000

let here: TestOrganization
let operator: Context
let modelId: string

beforeAll(async () => {
  here = await makeOrganization()
  operator = await here.person(['operations'], { teamId: null })
  modelId = await makeModel(here, [{ modelId: await makeModel(here), when: ['outage'] }])
})

async function makeModel(organization: TestOrganization, substitutes: object[] = []): Promise<string> {
  const [id, providerId, organizationId] = [newId(), newId(), organization.id]
  const provider = { id: providerId, organizationId, name: providerId, baseUrl: 'http://127.0.0.1:1' }
  await system.provider.create({ data: { ...provider, kind: 'sandbox' } })
  const names = { identifier: id, displayName: id, upstreamModel: id }
  await system.model.create({ data: { id, organizationId, providerId, ...names, substitutes } })
  return id
}

const rowOf = (id: string) => system.failoverDrill.findUniqueOrThrow({ where: { id } })
const recovered = { ...unfinished(30_000, null), passed: true, recoveryMs: 420, restoredMs: 9_000, calls: 4 }

beforeEach(() => closeAll())

async function closeAll() {
  for (const drill of await system.failoverDrill.findMany({ where: { organizationId: here.id, endedAt: null } })) {
    await finishDrill(drill, recovered)
  }
}

describe('a drill', () => {
  test('waits for the worker, audited; a second one is refused, also when both are asked for at once', async () => {
    const starts = [1, 2, 3].map(() => startDrill({ ctx: operator, input: { modelId } }).catch(error => error))
    const results = await Promise.all(starts)
    const started = results.filter(result => result.state === 'waiting')
    expect(started).toHaveLength(1)
    expect(results.filter(result => result.kind === 'conflict')).toHaveLength(2)
    expect(started[0]).toMatchObject({ modelId, boundMs: 30_000, occasion: 'demand', evidence: null })
    const entries = await system.auditEntry.findMany({ where: { subjectId: started[0].id } })
    expect(entries.map(entry => entry.action)).toEqual(['failover_drill.started'])
  })

  test('ends as evidence that is hashed, fresh for its time, and does not change', async () => {
    const { id } = await startDrill({ ctx: operator, input: { modelId, boundSeconds: 10 } })
    await finishDrill(await rowOf(id), recovered)
    const drill = await getDrill(operator, id)
    expect(drill).toMatchObject({ state: 'passed', recoveryMs: 420, stale: false })
    const evidence = Evidence.parse(drill.evidence)
    expect(drill.evidenceHash).toBe(hashEvidence(evidence))
    expect(evidence.value).toMatchObject({ drillId: id, recoveryMs: 420, passed: true })
    expect(Date.parse(evidence.freshUntil)).toBeGreaterThan(Date.now())
    await finishDrill(await rowOf(id), unfinished(1, 'later'))
    expect((await getDrill(operator, id)).evidenceHash).toBe(drill.evidenceHash)
    const change = system.failoverDrill.update({ where: { id }, data: { recoveryMs: 1 } })
    await expect(change).rejects.toThrow(/evidence/)
    const passed = await system.auditEntry.count({ where: { subjectId: id, action: 'failover_drill.passed' } })
    expect(passed).toBe(1)
  })

  test('that fails tells Operations and administrators, once', async () => {
    const { id } = await startDrill({ ctx: operator, input: { modelId } })
    await finishDrill(await rowOf(id), unfinished(30_000, 'Calls were not answered again.'))
    const notices = await system.notice.findMany({ where: { href: { endsWith: id } } })
    expect(new Set(notices.map(notice => notice.personId))).toEqual(new Set([operator.actor.id, here.admin.actor.id]))
    expect(notices[0]).toMatchObject({ kind: 'failover_drill', detail: 'Calls were not answered again.' })
  })

  test('whose worker is gone is closed as failed, by the next one that is started too', async () => {
    const { id } = await startDrill({ ctx: operator, input: { modelId } })
    const [startedAt, aliveAt] = [new Date(Date.now() - 60_000), new Date(Date.now() - 30_000)]
    await system.failoverDrill.update({ where: { id }, data: { state: 'running', startedAt, aliveAt } })
    const next = await startDrill({ ctx: operator, input: { modelId } })
    expect(await getDrill(operator, id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('worker') })
    await closeDeadDrills(here.id, new Date(Date.now() + 11 * 60_000))
    expect(await getDrill(operator, next.id)).toMatchObject({ state: 'failed' })
  })

  test('of a model that cannot be called, or is none of the organization, is refused', async () => {
    const blocked = await makeModel(here)
    await system.model.update({ where: { id: blocked }, data: { lifecycle: 'blocked' } })
    await expect(startDrill({ ctx: operator, input: { modelId: blocked } })).rejects.toMatchObject({ kind: 'conflict' })
    const theirs = await makeModel(await makeOrganization())
    await expect(startDrill({ ctx: operator, input: { modelId: theirs } })).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('a model that nobody could stand in for', () => {
  const refused = (id: string) => ({
    kind: 'invalid_input',
    fields: [{ field: 'modelId', message: expect.stringContaining(`in place of ${id}`) }],
  })

  test('gets no drill, until it has an equivalent for an outage or a route with another model', async () => {
    const other = await makeModel(here)
    const alone = await makeModel(here, [{ modelId: other, when: ['budget'] }])
    const start = () => startDrill({ ctx: operator, input: { modelId: alone } })
    await expect(start()).rejects.toMatchObject(refused(alone))
    const found = (await drillCandidates(operator)).find(({ id }) => id === alone)
    expect(found).toMatchObject({ hasStandIn: false })
    const input = { name: alone, objective: 'cheapest', requestedNames: [alone], modelIds: [alone, other] }
    const route = await createRoute({ ctx: operator, input: { ...input, scope: 'organization' } })
    expect(await start()).toMatchObject({ state: 'waiting' })
    await closeAll()
    await updateRoute({ ctx: operator, input: { id: route.id, failover: false } })
    await expect(start()).rejects.toMatchObject(refused(alone))
    await system.model.update({ where: { id: alone }, data: { substitutes: [{ modelId: other, when: ['outage'] }] } })
    expect(await start()).toMatchObject({ state: 'waiting' })
  })

  test('cannot be put into the plan, and one that is in it stays', async () => {
    const planned = await makeOrganization()
    const spare = await makeModel(planned)
    const covered = await makeModel(planned, [{ modelId: spare, when: ['outage'] }])
    const plan = (modelIds: string[]) => updateDrillPlan({ ctx: planned.admin, input: { modelIds } })
    await expect(plan([spare])).rejects.toMatchObject({ kind: 'invalid_input', fields: [{ field: 'modelIds' }] })
    await plan([covered])
    await system.model.update({ where: { id: covered }, data: { substitutes: [] } })
    expect(await plan([covered])).toMatchObject({ modelIds: [covered] })
  })
})

describe('the plan', () => {
  test('is monthly with a bound of 30 seconds until somebody changes it, audited', async () => {
    const fresh = await makeOrganization()
    expect(await getDrillPlan(fresh.admin)).toMatchObject({ enabled: true, every: 'month', boundSeconds: 30 })
    const changed = await updateDrillPlan({ ctx: fresh.admin, input: { every: 'week', boundSeconds: 5 } })
    expect(changed).toMatchObject({ enabled: true, every: 'week', hour: 3, boundSeconds: 5 })
    expect(await getDrillPlan(fresh.admin)).toEqual(changed)
    const where = { organizationId: fresh.id, action: 'failover_drill_plan.updated' }
    expect(await system.auditEntry.count({ where })).toBe(1)
    const off = await updateDrillPlan({ ctx: fresh.admin, input: { enabled: false } })
    expect(off).toMatchObject({ every: 'week', nextAt: null })
    const foreign = updateDrillPlan({ ctx: fresh.admin, input: { modelIds: [modelId] } })
    await expect(foreign).rejects.toMatchObject({ kind: 'invalid_input' })
  })

  test('brings drills round one after the other, each model once, within a day of the occasion', async () => {
    const planned = await makeOrganization()
    const spare = await makeModel(planned)
    const substitutes = [{ modelId: spare, when: ['outage'] }]
    const models = [await makeModel(planned, substitutes), await makeModel(planned, substitutes)].sort()
    const due = lastOccasion(DEFAULT_PLAN, new Date())
    const createdAt = new Date(due.getTime() - 40 * DAY_MS)
    await system.organization.update({ where: { id: planned.id }, data: { createdAt } })
    const soon = new Date(due.getTime() + 60_000)
    const open = () => system.failoverDrill.findMany({ where: { organizationId: planned.id }, orderBy: { id: 'asc' } })
    await startDueDrills(new Date(due.getTime() - 60_000 - DAY_MS))
    await startDueDrills(new Date(due.getTime() + DAY_MS + 60_000))
    expect(await open()).toEqual([])
    for (const _ of models) {
      await startDueDrills(soon)
      await startDueDrills(soon)
      for (const drill of await open()) await finishDrill(drill, recovered)
    }
    await startDueDrills(soon)
    const drills = await open()
    expect(drills.map(drill => drill.modelId)).toEqual(models)
    expect(drills[0]).toMatchObject({ occasion: 'schedule', startedByName: 'failover-drills' })
  })
})

test('who may not run drills sees them, who has no part in them does not, and no other organization ever', async () => {
  const { id } = await startDrill({ ctx: operator, input: { modelId } })
  const developer = await here.person(['developer'])
  expect(await getDrill(developer, id)).toMatchObject({ id })
  await expect(startDrill({ ctx: developer, input: { modelId } })).rejects.toMatchObject({ kind: 'permission_denied' })
  await expect(updateDrillPlan({ ctx: developer, input: {} })).rejects.toMatchObject({ kind: 'permission_denied' })
  const nobody = await here.person([])
  for (const query of [() => listDrills(nobody, all), () => getDrill(nobody, id), () => getDrillPlan(nobody)]) {
    expect(query).toThrow(/routes.read/)
  }
  const stranger = (await makeOrganization()).admin
  await expect(getDrill(stranger, id)).rejects.toMatchObject({ kind: 'not_found' })
  expect((await listDrills(stranger, all)).data).toEqual([])
})
