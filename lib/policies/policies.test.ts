import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { textHash } from '#core/policies/text-hash.ts'
import { approveRequest, rejectRequest } from '#lib/approvals/decide-approval.ts'
import { archiveBudget } from '#lib/budgets/archive-budget.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import {
  approveWaiting,
  changeDraft,
  type PolicyPeople,
  policyPeople,
  ratifiedPolicy,
  ratifyDraft,
} from '#test/ratified-policy.ts'
import { archivePolicy } from './archive-policy.ts'
import { confirmPolicy } from './confirm-policy.ts'
import { createPolicy } from './create-policy.ts'
import { linkClause } from './link-clause.ts'
import { getPolicy, listPolicies, policyHistory, policyVersions } from './queries.ts'
import { saveDraft } from './save-draft.ts'
import { ListPoliciesQuery } from './schema.ts'
import { submitPolicy } from './submit-policy.ts'
import { withdrawVersion } from './withdraw-version.ts'

let here: TestOrganization
let elsewhere: TestOrganization
let people: PolicyPeople

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  people = await policyPeople(here)
})

const draft = async () =>
  createPolicy({ ctx: people.writer, input: { kind: 'acceptable_use', name: `Policy ${newId()}` } })
const ratifyDraftWaiting = async (id: string) => {
  await approveWaiting(people.legal, id)
  await approveWaiting(people.sponsor, id)
}
const pendingOf = (subjectId: string) =>
  databases().system.approvalRequest.findFirstOrThrow({ where: { subjectId, state: 'pending' } })

describe('the way of a version', () => {
  test('draft, legal review, ratification, the next one supersedes it', async () => {
    const first = await ratifiedPolicy(people, `Way ${newId()}`)
    expect(first).toMatchObject({ inForce: { number: 1, state: 'ratified' }, open: null, asked: { number: 1 } })
    expect(first.reviewDueAt).not.toBeNull()
    expect(first.inForce?.sha256).toBe(textHash(first.text))
    await changeDraft(people.writer, first.id, '- **X1** A new rule.')
    const second = await ratifyDraft(people, first.id)
    expect(second.inForce?.number).toBe(2)
    const versions = await policyVersions(people.writer, first.id)
    expect(versions.map(({ number, state }) => [number, state])).toEqual([
      [2, 'ratified'],
      [1, 'superseded'],
    ])
    expect(versions[1]?.text).toBe(first.text)
    expect(versions[0]).toMatchObject({ reviewedByName: 'Test legal', ratifiedByName: 'Test executive' })
    const actions = (await policyHistory(people.writer, first.id)).map(
      ({ changes }) => changes.find(one => one.field === 'text')?.after,
    )
    expect(actions.filter(Boolean)).toEqual([
      'version 2 ratified by Test executive',
      'version 2 reviewed by Test legal',
      'version 2 made',
      'version 1 ratified by Test executive',
      'version 1 reviewed by Test legal',
      'version 1 made',
    ])
  })

  test('a change of the draft voids what waits, at once; the same text does not', async () => {
    const { id } = await draft()
    await submitPolicy({ ctx: people.writer, input: { id, reason: 'First' } })
    const { id: request } = await pendingOf(id)
    const { draft: before } = await getPolicy(people.writer, id)
    const same = { id, text: before?.text ?? '', revision: before?.revision ?? 0 }
    expect(await saveDraft({ ctx: people.writer, input: same })).toMatchObject({ voided: null })
    expect(await changeDraft(people.writer, id, 'More.')).toMatchObject({ voided: 1 })
    const settled = await databases().system.approvalRequest.findUniqueOrThrow({ where: { id: request } })
    expect(settled).toMatchObject({ state: 'voided', outcome: expect.stringContaining('draft was changed') })
    await expect(approveRequest({ ctx: people.legal, input: { id: request } })).rejects.toThrow(/voided/)
    expect(await policyVersions(people.writer, id)).toMatchObject([{ number: 1, state: 'turned_down' }])
  })

  test('a rejection turns the version down and leaves what is in force', async () => {
    const policy = await ratifiedPolicy(people, `Rejected ${newId()}`)
    await changeDraft(people.writer, policy.id, 'A worse sentence.')
    await submitPolicy({ ctx: people.writer, input: { id: policy.id, reason: 'Second' } })
    const { id } = await pendingOf(policy.id)
    await rejectRequest({ ctx: people.legal, input: { id, reason: 'Unclear' } })
    expect(await getPolicy(people.writer, policy.id)).toMatchObject({ inForce: { number: 1 }, open: null })
  })

  test('of two sponsors who ratify at once, exactly one does', async () => {
    const { id } = await draft()
    const other = await here.person(['executive'], { teamId: null })
    await submitPolicy({ ctx: people.writer, input: { id, reason: 'First' } })
    await approveWaiting(people.legal, id)
    const { id: request } = await pendingOf(id)
    const both = await Promise.allSettled(
      [people.sponsor, other].map(ctx => approveRequest({ ctx, input: { id: request } })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { kind: 'conflict' } })
    const ratified = await databases().system.policyVersion.count({ where: { policyId: id, state: 'ratified' } })
    expect(ratified).toBe(1)
  })

  test('ratifying while somebody writes on ends in one of the two, never in a text nobody decided about', async () => {
    for (let round = 0; round < 4; round++) {
      const { id } = await draft()
      await submitPolicy({ ctx: people.writer, input: { id, reason: 'First' } })
      await approveWaiting(people.legal, id)
      const { id: request } = await pendingOf(id)
      const [decided, saved] = await Promise.allSettled([
        approveRequest({ ctx: people.sponsor, input: { id: request } }),
        changeDraft(people.writer, id, 'Meanwhile.'),
      ])
      expect(saved).toMatchObject({ status: 'fulfilled' })
      const { inForce } = await getPolicy(people.writer, id)
      const won = decided.status === 'fulfilled' && decided.value.state === 'approved'
      expect(inForce !== null).toBe(won)
    }
  })

  test('its author does not review it, nor whoever wrote on the draft', async () => {
    const lawyer = await here.person(['legal'], { teamId: null })
    const { id } = await draft()
    await changeDraft(lawyer, id, 'A sentence of a lawyer.')
    await submitPolicy({ ctx: people.writer, input: { id, reason: 'First' } })
    await expect(approveWaiting(lawyer, id)).rejects.toMatchObject({ kind: 'permission_denied' })
    expect(await approveWaiting(people.legal, id)).toBe('approved')
  })

  test('who wrote it does not review it either when it was taken back and somebody else changed a word', async () => {
    const lawyer = await here.person(['legal'], { teamId: null })
    const { id } = await draft()
    await changeDraft(lawyer, id, 'Most of it by a lawyer.')
    await submitPolicy({ ctx: people.writer, input: { id, reason: 'First' } })
    await withdrawVersion({ ctx: people.writer, input: { id, reason: 'A word' } })
    await changeDraft(people.writer, id, 'A word.')
    await submitPolicy({ ctx: people.writer, input: { id, reason: 'Again' } })
    await expect(approveWaiting(lawyer, id)).rejects.toMatchObject({ kind: 'permission_denied' })
    await ratifyDraftWaiting(id)
    await changeDraft(people.writer, id, 'The next text is not theirs.')
    await submitPolicy({ ctx: people.writer, input: { id, reason: 'Second' } })
    expect(await approveWaiting(lawyer, id)).toBe('approved')
  })
})

describe('what is refused', () => {
  test('a review without the sections that the kind demands', async () => {
    const input = { kind: 'acceptable_use', name: newId(), text: '## Permitted uses\n- **U1** Whatever one likes.' }
    const { id } = await createPolicy({ ctx: people.writer, input })
    const submitted = submitPolicy({ ctx: people.writer, input: { id, reason: 'First' } })
    await expect(submitted).rejects.toThrow(/Prohibited uses.*Human oversight/)
  })

  test('to save over what somebody else has saved, and a second version while one waits', async () => {
    const { id } = await draft()
    const stale = { id, text: 'Mine', revision: 1 }
    await changeDraft(people.legal, id, 'Theirs.')
    await expect(saveDraft({ ctx: people.writer, input: stale })).rejects.toMatchObject({ kind: 'conflict' })
    await submitPolicy({ ctx: people.writer, input: { id, reason: 'First' } })
    await expect(submitPolicy({ ctx: people.writer, input: { id, reason: 'Again' } })).rejects.toThrow(/waits/)
    const editorial = await draft()
    const first = submitPolicy({ ctx: people.writer, input: { id: editorial.id, reason: 'x', editorial: true } })
    await expect(first).rejects.toThrow(/never editorial/)
  })

  test('to change the text of a version, or an acknowledgement, for the portal itself', async () => {
    const { inForce } = await ratifiedPolicy(people, newId())
    const { app } = databases()
    const change = app.$transaction(async tx => {
      await tx.$executeRaw`select set_config('gatehouse.organization_id', ${here.id}, true)`
      await tx.$executeRaw`update policy_versions set text = 'other' where id = ${inForce?.id}::uuid`
    })
    await expect(change).rejects.toThrow(/permission denied/)
  })

  test('to write for whoever may only read, and to see anything of another organization', async () => {
    const { id, name } = await ratifiedPolicy(people, newId())
    const developer = await here.person(['developer'])
    await expect(createPolicy({ ctx: developer, input: { kind: 'custom', name: 'x' } })).rejects.toMatchObject({
      kind: 'permission_denied',
    })
    expect(await getPolicy(developer, id)).toMatchObject({ name, draft: null })
    await expect(getPolicy(elsewhere.admin, id)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(archivePolicy({ ctx: elsewhere.admin, input: { id } })).rejects.toMatchObject({ kind: 'not_found' })
    expect((await listPolicies(elsewhere.admin, ListPoliciesQuery.parse({}))).data).toEqual([])
  })
})

test('a clause is enforced by what it is linked to, broken when that is gone or off, else on paper', async () => {
  const { id, clauses } = await ratifiedPolicy(people, newId())
  expect(clauses).toMatchObject({ enforced: 0, broken: 0, onPaper: clauses.total })
  const window = { kind: 'month' }
  const budget = await createBudget({
    ctx: here.admin,
    input: { name: newId(), scope: 'team', target: here.teamId, window, limitUsd: '10' },
  })
  const links = [{ kind: 'budget', id: budget.id }]
  const linked = await linkClause({ ctx: people.writer, input: { id, clause: 'C1', links } })
  expect(linked.clauses).toMatchObject({ enforced: 1, broken: 0 })
  await archiveBudget({ ctx: here.admin, input: { id: budget.id } })
  const broken = await getPolicy(people.writer, id)
  expect(broken.clauses).toMatchObject({ enforced: 0, broken: 1 })
  expect(broken.clauseList.find(({ ref }) => ref === 'C1')?.links).toMatchObject([{ state: 'off', effect: 'Archived' }])
  const wrong = linkClause({
    ctx: people.writer,
    input: { id, clause: 'C1', links: [{ kind: 'budget', id: newId() }] },
  })
  await expect(wrong).rejects.toMatchObject({ kind: 'invalid_input' })
  const unknown = linkClause({ ctx: people.writer, input: { id, clause: 'Z9', links } })
  await expect(unknown).rejects.toThrow(/no clause Z9/)
})

test('a review without change moves the due date and is kept', async () => {
  const { id, reviewDueAt } = await ratifiedPolicy(people, newId())
  const after = await confirmPolicy({ ctx: people.legal, input: { id, reason: 'Still right' } })
  expect(Date.parse(after.reviewDueAt ?? '')).toBeGreaterThan(Date.parse(reviewDueAt ?? ''))
  const [newest] = await policyHistory(people.writer, id)
  expect(newest).toMatchObject({ reason: 'Still right', authorName: 'Test legal' })
  expect(newest?.changes.map(({ field }) => field)).toContain('text')
})
