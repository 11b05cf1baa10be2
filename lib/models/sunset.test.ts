import { beforeAll, expect, test } from 'vitest'
import { homeOverview } from '#lib/home/queries.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { changeModelLifecycle } from './change-model-lifecycle.ts'
import { createModel } from './create-model.ts'
import { endingModels } from './ending-models.ts'
import { modelUse } from './model-use.ts'
import { updateModel } from './update-model.ts'
import { writeSunsetNotices } from './write-sunset-notices.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

let here: TestOrganization
let developer: Context
let providerId: string
beforeAll(async () => {
  here = await makeOrganization()
  developer = await here.person(['developer'])
  providerId = (await createProvider({ ctx: here.admin, input: { name: 'OpenAI', kind: 'openai' } })).id
})

let count = 0
const create = async (change: object = {}) =>
  createModel({ ctx: here.admin, input: { providerId, identifier: `m-${++count}`, dialects: ['chat'], ...change } })

async function used(modelId: string, key: { id: string }, workload: string, times: number) {
  const personId = developer.actor.id
  const caller = { keyId: key.id, teamId: here.teamId, personId, modelId, workload }
  await recordRequestEvents(Array.from({ length: times }, () => makeRequestEvent(here.id, caller)))
}

test('who uses a model is counted by key, team and workload, with the keys that cannot change over', async () => {
  const successor = await create()
  const model = await create({ substitutes: [{ modelId: successor.id, when: ['outage'] }] })
  const free = await issueKey({ ctx: developer, input: { name: 'free', teamId: here.teamId } })
  const bound = { name: 'bound', teamId: here.teamId, modelIds: [model.id] }
  const tied = await issueKey({ ctx: developer, input: bound })
  await used(model.id, free, 'triage', 3)
  await used(model.id, tied, 'drafts', 1)
  const use = await modelUse(here.admin, model.id)
  expect(use).toMatchObject({ requests: 4, teams: [{ id: here.teamId, requests: 4 }] })
  expect(use.keys.map(key => [key.name, key.requests, key.bound])).toEqual([
    ['free', 3, false],
    ['bound', 1, true],
  ])
  expect(use.workloads).toEqual([
    { name: 'triage', requests: 3 },
    { name: 'drafts', requests: 1 },
  ])
  const elsewhere = await makeOrganization()
  await expect(modelUse(elsewhere.admin, model.id)).rejects.toMatchObject({ kind: 'not_found' })
  const stranger = await here.person(['developer'], { teamId: null })
  expect(await modelUse(stranger, model.id)).toMatchObject({ requests: 0, keys: [] })
})

test('users hear of a sunset ninety, thirty and seven days before, once each', async () => {
  const model = await create()
  const idle = await here.person(['developer'])
  const key = await issueKey({ ctx: developer, input: { name: 'caller', teamId: here.teamId } })
  await used(model.id, key, 'triage', 1)
  const sunsetAt = inDays(40).toISOString()
  const input = { id: model.id, lifecycle: 'deprecated', sunsetAt, reason: 'Its successor is better' }
  await changeModelLifecycle({ ctx: here.admin, input })
  const told = async (ctx: Context) => {
    const where = { personId: ctx.actor.id ?? '', kind: 'model_sunset' }
    const notices = await databases().system.notice.findMany({ where, orderBy: { id: 'asc' } })
    return notices.map(({ title }) => title)
  }
  for (const day of [0, 1, 12, 13, 33]) await writeSunsetNotices(inDays(day))
  // On the last of these days it was not called for a month.
  expect(await told(developer)).toEqual([90, 30].map(days => `${model.identifier} ends in ${days} days or less`))
  expect(await told(idle)).toEqual([])
})

test('an end that the provider announced is a reminder until a sunset is set before it', async () => {
  const on = inDays(20).toISOString().slice(0, 10)
  const { id, identifier } = await create({ providerEnd: { on, source: 'the provider’s deprecations page' } })
  const operations = await here.person(['operations'])
  const needs = async () =>
    (await homeOverview(operations)).needs.filter(item => item.href === `/govern/catalog/${id}`).map(item => item.title)
  expect(await needs()).toEqual([`The provider ends ${identifier}`])
  await writeSunsetNotices()
  const where = { personId: operations.actor.id ?? '', kind: 'model_provider_end' }
  expect(await databases().system.notice.count({ where })).toBe(1)
  expect((await endingModels(here.admin)).find(model => model.id === id)).toMatchObject({
    sunsetAt: null,
    providerEnd: { on, source: 'the provider’s deprecations page' },
  })
  await updateModel({ ctx: here.admin, input: { id, providerEnd: null } })
  await databases().system.notice.deleteMany({ where })
  expect(await needs()).toEqual([])
  await expect(updateModel({ ctx: here.admin, input: { id, providerEnd: { on, source: '' } } })).rejects.toMatchObject({
    kind: 'invalid_input',
  })
})
