import { beforeAll, describe, expect, test } from 'vitest'
import { approveRequest } from '#lib/approvals/decide-approval.ts'
import { setPolicy } from '#lib/approvals/set-policy.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { changeModelLifecycle } from './change-model-lifecycle.ts'
import { createModel } from './create-model.ts'
import { importShippedModels } from './import-shipped-models.ts'
import { modelVersions } from './model-history.ts'
import { modelLifecyclePolicy } from './model-lifecycle-policy.ts'
import { requestModelLifecycle } from './request-model-lifecycle.ts'
import { updateModel } from './update-model.ts'

let here: TestOrganization
let operations: Context
let approver: Context
let providerId: string
beforeAll(async () => {
  here = await makeOrganization()
  operations = await here.person(['operations'])
  approver = await here.person(['approver'])
  providerId = (await createProvider({ ctx: here.admin, input: { name: 'OpenAI', kind: 'openai' } })).id
})

let count = 0
const create = (change: object = {}, ctx = here.admin) =>
  createModel({ ctx, input: { providerId, identifier: `model-${++count}`, dialects: ['chat'], ...change } })
const published = async (id: string) =>
  (await databases().system.gatewayConfig.findFirstOrThrow({ where: { kind: 'model', id } })).doc
const forUseCases = (...useCases: string[]) => ({ useCases, teamIds: [], workloads: [] })

describe('whoever manages the catalog without deciding alone', () => {
  test('adds models that are proposed, and asks for their approval', async () => {
    await expect(create({}, operations)).rejects.toMatchObject({ kind: 'permission_denied' })
    const shipped = { providerId, identifiers: ['gpt-4o'] }
    await expect(importShippedModels({ ctx: operations, input: shipped })).rejects.toMatchObject({
      kind: 'permission_denied',
    })
    const { id } = await create({ lifecycle: 'proposed' }, operations)
    const input = { id, lifecycle: 'restricted', onlyFor: forUseCases('triage'), reason: 'Support needs it' }
    await expect(changeModelLifecycle({ ctx: operations, input })).rejects.toThrow('lifecycle-requests')
    const asked = await requestModelLifecycle({ ctx: operations, input })
    await expect(requestModelLifecycle({ ctx: operations, input })).rejects.toMatchObject({ kind: 'conflict' })
    expect(await published(id)).toMatchObject({ lifecycle: 'proposed' })
    await approveRequest({ ctx: approver, input: { id: asked.approvalId } })
    expect(await published(id)).toMatchObject({ lifecycle: 'restricted', onlyFor: { useCases: ['triage'] } })
    const [latest] = await modelVersions(here.admin, id)
    expect(latest).toMatchObject({ version: 2, reason: 'Asked for by Test operations: Support needs it' })
    expect(latest?.changes).toContainEqual({ field: 'for use cases', before: null, after: 'triage' })
  })

  test('narrows at once, and does not widen again alone', async () => {
    const { id } = await create({ tiers: ['Public'] })
    const change = (change: object) =>
      changeModelLifecycle({ ctx: operations, input: { id, reason: 'Leaks prompts', ...change } })
    await change({ lifecycle: 'restricted', onlyFor: forUseCases('triage') })
    await expect(change({ lifecycle: 'restricted', onlyFor: forUseCases('triage', 'x') })).rejects.toThrow('use cases')
    await change({ lifecycle: 'deprecated', sunsetAt: '2027-01-01T00:00:00Z' })
    await change({ lifecycle: 'deprecated', sunsetAt: '2026-12-31T00:00:00Z' })
    await expect(change({ lifecycle: 'deprecated', sunsetAt: '2027-02-01T00:00:00Z' })).rejects.toThrow('longer')
    await change({ lifecycle: 'blocked' })
    await expect(change({ lifecycle: 'approved' })).rejects.toThrow('be called')
    await expect(
      requestModelLifecycle({ ctx: operations, input: { id, lifecycle: 'blocked', reason: 'Once more' } }),
    ).rejects.toMatchObject({ kind: 'conflict' })
    const other = await create({ tiers: ['Public'] })
    const tiers = { id: other.id, tiers: ['Public', 'Restricted'] }
    await expect(updateModel({ ctx: operations, input: tiers })).rejects.toThrow('Restricted data')
    expect((await updateModel({ ctx: here.admin, input: tiers })).tiers).toEqual(['Public', 'Restricted'])
  })
})

test('a request is void once the model has other terms than it was made under', async () => {
  const { id } = await create({ lifecycle: 'proposed' })
  const input = { id, lifecycle: 'approved', reason: 'Tested' }
  const { approvalId } = await requestModelLifecycle({ ctx: operations, input })
  await changeModelLifecycle({ ctx: here.admin, input: { id, lifecycle: 'blocked', reason: 'Recalled' } })
  const decided = await approveRequest({ ctx: approver, input: { id: approvalId } })
  expect(decided.state).toBe('voided')
  expect(await published(id)).toMatchObject({ lifecycle: 'blocked' })
})

test('an organization may take the direct way from administrators too', async () => {
  const strict = await makeOrganization()
  const provider = await createProvider({ ctx: strict.admin, input: { name: 'OpenAI', kind: 'openai' } })
  const input = { providerId: provider.id, identifier: 'x', dialects: ['chat'] }
  const { id } = await createModel({ ctx: strict.admin, input: { ...input, lifecycle: 'proposed' } })
  const policy = { ...modelLifecyclePolicy, direct: false }
  await setPolicy({ ctx: strict.admin, input: { kind: 'model_lifecycle', policy, reason: 'The board decides' } })
  const approve = { id, lifecycle: 'approved', reason: 'Now' }
  await expect(changeModelLifecycle({ ctx: strict.admin, input: approve })).rejects.toMatchObject({
    kind: 'permission_denied',
  })
  expect((await requestModelLifecycle({ ctx: strict.admin, input: approve })).state).toBe('pending')
})

test('a model is for teams of its own organization, and of nobody else’s concern', async () => {
  const elsewhere = await makeOrganization()
  const { id } = await create()
  const onlyFor = { useCases: [], teamIds: [elsewhere.teamId], workloads: [] }
  const input = { id, lifecycle: 'restricted', onlyFor, reason: 'x' }
  await expect(changeModelLifecycle({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'invalid_input' })
  const theirs = { id, lifecycle: 'blocked', reason: 'x' }
  for (const verb of [changeModelLifecycle, requestModelLifecycle]) {
    await expect(verb({ ctx: elsewhere.admin, input: theirs })).rejects.toMatchObject({ kind: 'not_found' })
    const developer = await here.person(['developer'])
    await expect(verb({ ctx: developer, input: theirs })).rejects.toMatchObject({ kind: 'permission_denied' })
  }
  await expect(modelVersions(elsewhere.admin, id)).rejects.toMatchObject({ kind: 'not_found' })
})
