import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { approveRequest, rejectRequest } from '#lib/approvals/decide-approval.ts'
import { withdrawApproval } from '#lib/approvals/withdraw-approval.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { getWorkload } from '#lib/workloads/queries.ts'
import { publishSandboxCatalog } from '#test/catalog.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { WHOLE_CONTENT, writeBrief } from '#test/whole-brief.ts'
import { createBrief } from './create-brief.ts'
import { discardBrief } from './discard-brief.ts'
import { briefHistory, getBrief, listBriefs } from './queries.ts'
import { saveBrief } from './save-brief.ts'
import { ListBriefsQuery } from './schema.ts'
import { submitBrief } from './submit-brief.ts'

let org: TestOrganization
let author: Context
let owner: Context
let board: Context
let modelId: string

beforeAll(async () => {
  org = await makeOrganization()
  await installGuardrails({ ctx: org.admin, input: {} })
  const { models } = await publishSandboxCatalog(org, { url: 'http://127.0.0.1:9' })
  modelId = models['sandbox-gpt'] ?? ''
  author = await org.person(['developer'])
  owner = await org.person(['developer', 'board_member'])
  board = await org.person(['board_member'], { teamId: null })
})

const write = (more: { content?: object; workloadId?: string } = {}) =>
  writeBrief(author, {
    name: `Claims ${newId()}`,
    teamId: org.teamId,
    ownerId: owner.actor.id ?? '',
    modelIds: [modelId],
    ...more,
  })

async function submitted(more: { content?: object; workloadId?: string } = {}) {
  const { id } = await write(more)
  const brief = await submitBrief({ ctx: author, input: { id, reason: 'The season begins' } })
  return { ...brief, approvalId: brief.approvalId ?? '' }
}

describe('a brief', () => {
  test('is a draft until it is whole, and says what it lacks', async () => {
    const { id } = await createBrief({ ctx: author, input: { name: 'Half', teamId: org.teamId } })
    const saved = await saveBrief({ ctx: author, input: { id, content: { objective: 'Something' } } })
    expect(saved.problems[0]).toMatchObject({ step: 'purpose', field: 'content.currentState' })
    await expect(submitBrief({ ctx: author, input: { id } })).rejects.toMatchObject({ kind: 'invalid_input' })
    const unreadable = saveBrief({ ctx: author, input: { id, content: { colour: 'red' } } })
    await expect(unreadable).rejects.toMatchObject({ kind: 'invalid_input' })
    await discardBrief({ ctx: author, input: { id } })
    await expect(saveBrief({ ctx: author, input: { id } })).rejects.toMatchObject({ kind: 'conflict' })
  })

  test('that is approved becomes a workload with owner, budget, route, tier and keys', async () => {
    const brief = await submitted()
    const decided = await approveRequest({ ctx: board, input: { id: brief.approvalId } })
    expect(decided.state).toBe('approved')
    const after = await getBrief(author, brief.id)
    expect(after).toMatchObject({ state: 'approved', version: 1, mine: false })
    const workload = await getWorkload(author, after.workloadId ?? '')
    expect(workload).toMatchObject({
      slug: brief.slug,
      lifecycle: 'development',
      ownerId: owner.actor.id,
      tier: 'Internal',
      keyScope: 'team',
      briefId: brief.id,
      models: [{ id: modelId }],
    })
    const { system } = databases()
    const where = { organizationId: org.id, scope: 'workload', target: brief.slug }
    expect(await system.budget.findFirst({ where })).toMatchObject({ limitNanoUsd: 250_000_000_000n })
    expect(await system.route.findFirst({ where })).toMatchObject({ archivedAt: null })
    expect((await briefHistory(author, brief.id)).map(({ version }) => version)).toEqual([1])
  })

  test('is decided by nobody who wrote, owns or asked for it, and by nobody outside the board', async () => {
    const { approvalId } = await submitted()
    const decide = (ctx: Context) => approveRequest({ ctx, input: { id: approvalId } })
    for (const ctx of [author, owner]) await expect(decide(ctx)).rejects.toMatchObject({ kind: 'permission_denied' })
    await expect(decide(await org.person(['finance']))).rejects.toMatchObject({ kind: 'not_found' })
    const stranger = await makeOrganization()
    await expect(decide(stranger.admin)).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('decided by two at once is decided once', async () => {
    const other = await org.person(['approver'], { teamId: null })
    const { approvalId, slug } = await submitted()
    const results = await Promise.allSettled([
      approveRequest({ ctx: board, input: { id: approvalId } }),
      rejectRequest({ ctx: other, input: { id: approvalId, reason: 'Too early' } }),
      approveRequest({ ctx: board, input: { id: approvalId } }),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const made = await databases().system.workload.count({ where: { organizationId: org.id, slug: slug ?? '' } })
    const request = await databases().system.approvalRequest.findUniqueOrThrow({ where: { id: approvalId } })
    expect(made).toBe(request.state === 'approved' ? 1 : 0)
  })

  test('that is rejected or taken back comes back to be changed, with what was said', async () => {
    const brief = await submitted()
    await rejectRequest({ ctx: board, input: { id: brief.approvalId, reason: 'The ceiling is too high' } })
    const back = await getBrief(author, brief.id)
    expect(back.state).toBe('returned')
    expect(back.outcome).toContain('The ceiling is too high')
    await saveBrief({ ctx: author, input: { id: brief.id, content: { costPerMonthUsd: '100' } } })
    const again = await submitBrief({ ctx: author, input: { id: brief.id } })
    const [second] = await briefHistory(author, brief.id)
    expect(second?.changes).toEqual([{ field: 'cost of a month', before: 'at most USD 250', after: 'at most USD 100' }])
    await withdrawApproval({ ctx: author, input: { id: again.approvalId } })
    expect((await getBrief(author, brief.id)).state).toBe('returned')
  })

  test('whose owner has left meanwhile is void', async () => {
    const leaving = await org.person(['developer'])
    const { id } = await write()
    await saveBrief({ ctx: author, input: { id, ownerId: leaving.actor.id } })
    const { approvalId } = await submitBrief({ ctx: author, input: { id } })
    await databases().system.person.update({ where: { id: leaving.actor.id ?? '' }, data: { status: 'deactivated' } })
    const decided = await approveRequest({ ctx: board, input: { id: approvalId } })
    expect(decided.state).toBe('voided')
    expect((await getBrief(author, id)).state).toBe('returned')
  })

  test('about a registered workload changes it, and its budget and route with it', async () => {
    const first = await submitted()
    await approveRequest({ ctx: board, input: { id: first.approvalId } })
    const { workloadId } = await getBrief(author, first.id)
    const second = await submitted({ workloadId: workloadId ?? '', content: { costPerMonthUsd: '900' } })
    expect(second.slug).toBe(first.slug)
    await approveRequest({ ctx: board, input: { id: second.approvalId } })
    expect(await getWorkload(author, workloadId ?? '')).toMatchObject({ briefId: second.id, version: 2 })
    const where = { organizationId: org.id, scope: 'workload', target: first.slug }
    const budgets = await databases().system.budget.findMany({ where })
    expect(budgets.map(({ limitNanoUsd }) => limitNanoUsd)).toEqual([900_000_000_000n])
  })
})

describe('while it is written', () => {
  test('the catalog says what its calls could not go to, with the fix', async () => {
    const { id, findings } = await write({ content: { inputTier: 'Restricted' } })
    expect(findings).toMatchObject([{ modelId, blocking: true }])
    expect(findings[0]?.fix).toContain('Restricted')
    await expect(submitBrief({ ctx: author, input: { id } })).rejects.toThrow(/not approved for Restricted/)
  })

  test('briefs and workloads that may be the same are named, and no draft of strangers', async () => {
    const input = { name: 'Parcel tracking answers', teamId: org.teamId }
    const { id } = await createBrief({ ctx: author, input })
    await saveBrief({ ctx: author, input: { id, content: { objective: 'Tell customers where their parcel is' } } })
    const other = await createBrief({ ctx: owner, input: { ...input, name: 'Parcel tracking' } })
    expect(other.alike).toMatchObject([{ kind: 'brief', id }])
    const outside = await org.person(['developer'], { teamId: null })
    const { alike } = await createBrief({ ctx: outside, input: { name: 'Parcel tracking answers' } })
    expect(alike).toEqual([])
    await expect(getBrief(outside, id)).rejects.toMatchObject({ kind: 'not_found' })
    const list = await listBriefs(outside, ListBriefsQuery.parse({ search: 'Parcel' }))
    expect(list.data.map(one => one.authorId)).toEqual([outside.actor.id])
  })

  test('nobody without the permission, of another team or of another organization writes', async () => {
    const { id } = await write()
    const stranger = await makeOrganization()
    const save = (ctx: Context) => saveBrief({ ctx, input: { id, content: WHOLE_CONTENT } })
    await expect(save(stranger.admin)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(save(await org.person(['auditor']))).rejects.toMatchObject({ kind: 'permission_denied' })
    await expect(save(await org.person(['developer'], { teamId: null }))).rejects.toMatchObject({ kind: 'not_found' })
    const theirs = { name: 'Theirs', teamId: stranger.teamId }
    await expect(createBrief({ ctx: author, input: theirs })).rejects.toMatchObject({ kind: 'invalid_input' })
  })
})
