import { beforeAll, describe, expect, test } from 'vitest'
import { approveRequest, rejectRequest } from '#lib/approvals/decide-approval.ts'
import { createModel } from '#lib/models/create-model.ts'
import { getModel } from '#lib/models/queries.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { createModelRequest } from './create-model-request.ts'
import { getModelRequest, listModelRequests, modelRequestHistory } from './queries.ts'
import { reviewModelRequest } from './review-model-request.ts'
import { ListModelRequestsQuery } from './schema.ts'
import { withdrawModelRequest } from './withdraw-model-request.ts'

let here: TestOrganization
let developer: Context
let approver: Context
let operations: Context
let providerId: string
beforeAll(async () => {
  here = await makeOrganization()
  developer = await here.person(['developer'])
  approver = await here.person(['approver', 'developer'])
  operations = await here.person(['operations'])
  providerId = (await createProvider({ ctx: here.admin, input: { name: 'OpenAI', kind: 'openai' } })).id
})

let count = 0
const ask = (change: object = {}, ctx = developer) =>
  createModelRequest({
    ctx,
    input: {
      identifier: `asked-${++count}`,
      providerId,
      purpose: 'Tickets are sorted',
      alternatives: 'None of the catalog reads pictures',
      tiers: ['Public'],
      ...change,
    },
  })
const published = (id: string) => databases().system.gatewayConfig.findFirst({ where: { kind: 'model', id } })

describe('a model that is asked for', () => {
  test('is in the catalog and at the gateways once an approver says so', async () => {
    const asked = await ask({ identifier: 'gpt-4o', requestsPerMonth: 20_000, costUsdPerMonth: '150' })
    expect(asked).toMatchObject({ state: 'awaiting_decision', providerName: 'OpenAI', costUsdPerMonth: '150.00' })
    await expect(approveRequest({ ctx: developer, input: { id: asked.approvalId } })).rejects.toMatchObject({
      kind: 'permission_denied',
    })
    await approveRequest({ ctx: approver, input: { id: asked.approvalId, reason: 'Useful' } })
    const granted = await getModelRequest(developer, asked.id)
    expect(granted).toMatchObject({ state: 'approved', outcome: 'Test approver: Useful' })
    const model = await getModel(developer, granted.modelId ?? '')
    // What the shipped list knows of it comes with it.
    expect(model).toMatchObject({ lifecycle: 'approved', source: 'request', ownerId: developer.actor.id })
    expect(model.price).not.toBeNull()
    expect((await published(model.id))?.doc).toMatchObject({ identifier: 'gpt-4o', lifecycle: 'approved' })
    expect((await modelRequestHistory(developer, asked.id)).map(({ version }) => version)).toEqual([2, 1])
  })

  test('for somebody only is restricted to them', async () => {
    const onlyFor = { useCases: ['triage'], teamIds: [here.teamId], workloads: [] }
    const { approvalId, id } = await ask({ onlyFor, teamId: here.teamId })
    await approveRequest({ ctx: approver, input: { id: approvalId } })
    const { modelId } = await getModelRequest(developer, id)
    expect((await published(modelId ?? ''))?.doc).toMatchObject({ lifecycle: 'restricted', onlyFor })
  })

  test('and rejected is no model', async () => {
    const { approvalId, id, identifier } = await ask()
    await rejectRequest({ ctx: approver, input: { id: approvalId, reason: 'Its provider trains with it' } })
    expect(await getModelRequest(developer, id)).toMatchObject({ state: 'closed', modelId: null })
    expect(await databases().system.model.count({ where: { identifier } })).toBe(0)
    await ask({ identifier })
  })

  test('at a provider that is not here yet is reviewed first', async () => {
    const asked = await ask({ providerId: null, providerName: 'Mistral' })
    expect(asked).toMatchObject({ state: 'in_review', approvalId: null })
    const review = { id: asked.id, providerId, tiers: ['Public', 'Internal'], assessment: 'Kept in the EU' }
    await expect(reviewModelRequest({ ctx: developer, input: review })).rejects.toMatchObject({
      kind: 'permission_denied',
    })
    const reviewed = await reviewModelRequest({ ctx: operations, input: review })
    expect(reviewed).toMatchObject({
      state: 'awaiting_decision',
      providerName: 'OpenAI',
      requesterName: 'Test developer',
    })
    const again = await reviewModelRequest({ ctx: operations, input: { ...review, tiers: ['Public'] } })
    await expect(approveRequest({ ctx: approver, input: { id: reviewed.approvalId } })).rejects.toThrow(
      'voided already',
    )
    await approveRequest({ ctx: approver, input: { id: again.approvalId } })
    const { modelId } = await getModelRequest(developer, asked.id)
    expect(await getModel(developer, modelId ?? '')).toMatchObject({ tiers: ['Public'] })
  })

  test('is asked for once, and not when the catalog has it', async () => {
    const { identifier } = await ask()
    await expect(ask({ identifier })).rejects.toThrow('has asked for')
    const made = await createModel({ ctx: here.admin, input: { providerId, identifier: 'known', dialects: ['chat'] } })
    await expect(ask({ identifier: made.identifier })).rejects.toThrow('The catalog has known already')
    const twins = await Promise.allSettled([ask({ identifier: 'twin' }), ask({ identifier: 'twin' })])
    expect(twins.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const similar = await ask({ identifier: 'known-2' })
    expect((await getModelRequest(developer, similar.id)).similar[0]).toMatchObject({ identifier: 'known' })
  })

  test('is void when its name was taken meanwhile', async () => {
    const { identifier, approvalId, id } = await ask()
    await createModel({ ctx: here.admin, input: { providerId, identifier, dialects: ['chat'] } })
    expect(await approveRequest({ ctx: approver, input: { id: approvalId } })).toMatchObject({ state: 'voided' })
    expect(await getModelRequest(developer, id)).toMatchObject({ state: 'closed' })
  })

  test('is taken back by whoever asked', async () => {
    const { id } = await ask()
    await expect(withdrawModelRequest({ ctx: approver, input: { id } })).rejects.toMatchObject({
      kind: 'permission_denied',
    })
    expect(await withdrawModelRequest({ ctx: developer, input: { id } })).toMatchObject({ state: 'closed' })
    const reviewed = await ask({ providerId: null, providerName: 'Mistral' })
    await withdrawModelRequest({ ctx: developer, input: { id: reviewed.id, reason: 'Not needed' } })
    await expect(withdrawModelRequest({ ctx: developer, input: { id: reviewed.id } })).rejects.toThrow(
      'decided already',
    )
  })
})

test('requests are the organization’s own, and made by who may', async () => {
  const elsewhere = await makeOrganization()
  const { id } = await ask()
  await expect(getModelRequest(elsewhere.admin, id)).rejects.toMatchObject({ kind: 'not_found' })
  for (const verb of [reviewModelRequest, withdrawModelRequest]) {
    const input = verb === reviewModelRequest ? { id, providerId, assessment: 'x' } : { id }
    await expect(verb({ ctx: elsewhere.admin, input })).rejects.toMatchObject({ kind: 'not_found' })
  }
  await expect(ask({ providerId }, elsewhere.admin)).rejects.toMatchObject({ kind: 'invalid_input' })
  await expect(ask({}, await here.person(['finance']))).rejects.toMatchObject({ kind: 'permission_denied' })
  const listed = await listModelRequests(elsewhere.admin, ListModelRequestsQuery.parse({}))
  expect(listed.data).toEqual([])
})

test('a request says what it is for and what was considered instead', async () => {
  for (const change of [{ purpose: ' ' }, { alternatives: '' }, { tiers: [] }, { providerId: null }, { extra: 1 }]) {
    await expect(ask(change)).rejects.toMatchObject({ kind: 'invalid_input' })
  }
})
