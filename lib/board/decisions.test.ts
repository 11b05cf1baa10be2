import { beforeAll, describe, expect, test } from 'vitest'
import { snapshotDigest } from '#core/approvals/snapshot.ts'
import { approveRequest, rejectRequest } from '#lib/approvals/decide-approval.ts'
import { getApproval } from '#lib/approvals/queries.ts'
import { setPolicy } from '#lib/approvals/set-policy.ts'
import { getBudget } from '#lib/budgets/queries.ts'
import { updateBudget } from '#lib/budgets/update-budget.ts'
import { databases } from '#lib/platform/database.ts'
import { makeBoard, type TestBoard } from '#test/board.ts'
import { closeActionItem } from './action-items.ts'
import { getDecision, listDecisions } from './decision-queries.ts'
import type { RecordedDto } from './dto.ts'
import { buildAgenda } from './fill-agenda.ts'
import { attendMeeting } from './hold-meeting.ts'
import { getMeeting } from './meeting-queries.ts'
import { ListDecisionsQuery } from './schema.ts'
import { putMotion } from './vote-on-item.ts'

const { system } = databases()
let board: TestBoard
beforeAll(async () => {
  board = await makeBoard()
})

/** A request on the agenda of a meeting in session, its motion put. */
async function putRequest(asker = board.organization.admin) {
  const request = await board.askForIncrease(asker)
  const meeting = await board.session()
  const { agenda } = await getMeeting(board.secretary, meeting.id)
  const item = agenda.find(({ subjectId }) => subjectId === request.id)
  if (!item) throw new Error('what waits is on the agenda')
  await putMotion({ ctx: board.secretary, input: { id: item.id } })
  return { ...request, meetingId: meeting.id, itemId: item.id }
}

const voteAll = async (itemId: string, vote: string) => {
  for (const ctx of [board.chair, board.secretary]) await board.vote(itemId, ctx, vote)
}

describe('a decision of the board', () => {
  test('carries out what it decides in the same step, with its conditions to be met', async () => {
    const { id, budgetId, itemId } = await putRequest()
    await voteAll(itemId, 'for')
    await board.vote(itemId, board.member, 'against', 'Too early')
    const dueAt = '2199-01-01T00:00:00Z'
    const conditions = [{ text: 'Report the spend monthly', ownerId: board.chair.actor.id, dueAt }]
    const recorded = await board.decide(itemId, { conditions, dissent: 'The pilot has not ended', reviewBy: dueAt })
    expect(recorded).toMatchObject({ recorded: true, number: expect.stringMatching(/^BD-\d{4}-\d{3}$/) })
    expect((await getBudget(board.member, budgetId)).limitUsd).toBe('150.00')
    const request = await getApproval(board.chair, id)
    expect(request).toMatchObject({ state: 'approved', conditions: ['Report the spend monthly'] })
    expect(request.votes).toMatchObject([{ voterName: `Review board (${recorded.number})`, vote: 'approve' }])
    const stored = await system.approvalVote.findFirstOrThrow({ where: { requestId: id } })
    expect(stored.voterId).toBe(recorded.decisionId)
    const decision = await getDecision(board.chair, recorded.decisionId ?? '')
    expect(decision).toMatchObject({ approvalId: id, outcome: 'carried', tally: { for: 2, against: 1, carried: true } })
    expect(decision.digest).toBe(request.digest)
    expect(snapshotDigest(decision.snapshot as object)).toBe(decision.digest)
    const [item] = decision.actionItems
    const done = { id: item?.id, evidence: 'The first report is in the wiki' }
    expect(await closeActionItem({ ctx: board.chair, input: done })).toMatchObject({ state: 'done', kind: 'condition' })
  })

  test('that is not carried rejects what was asked for', async () => {
    const { id, budgetId, itemId } = await putRequest()
    await voteAll(itemId, 'against')
    await board.decide(itemId, { rationale: 'The pilot has not ended' })
    expect(await getApproval(board.chair, id)).toMatchObject({ state: 'rejected' })
    expect((await getApproval(board.chair, id)).outcome).toContain('The pilot has not ended')
    expect((await getBudget(board.member, budgetId)).limitUsd).toBe('100.00')
  })

  test('and a person who decides at the same moment: exactly one wins, and the item says so', async () => {
    for (const turn of [0, 1, 2, 3]) {
      const { id, budgetId, itemId } = await putRequest()
      await voteAll(itemId, 'for')
      const finance = board.member
      const person = turn % 2 ? approveRequest({ ctx: finance, input: { id } }) : reject(id)
      const [asBoard, asPerson] = await Promise.allSettled([board.decide(itemId), person])
      const boardWon = asBoard.status === 'fulfilled' && asBoard.value.recorded
      expect([boardWon, asPerson.status === 'fulfilled'].filter(Boolean)).toHaveLength(1)
      const { state, votes } = await getApproval(finance, id)
      expect(votes).toHaveLength(1)
      expect((await getBudget(finance, budgetId)).limitUsd).toBe(state === 'approved' ? '150.00' : '100.00')
      const item = await system.boardItem.findUniqueOrThrow({ where: { id: itemId } })
      expect(item.state).toBe(boardWon ? 'decided' : 'overtaken')
      expect(await system.boardDecision.count({ where: { itemId } })).toBe(boardWon ? 1 : 0)
      if (!boardWon) expect(item.outcome).toMatch(/already/)
    }
  })

  const reject = (id: string) => rejectRequest({ ctx: board.member, input: { id, reason: 'no' } })

  test('about something that has changed since voids the request instead', async () => {
    const { id, budgetId, itemId } = await putRequest()
    await voteAll(itemId, 'for')
    await updateBudget({ ctx: board.organization.admin, input: { id: budgetId, limitUsd: '120' } })
    expect(await board.decide(itemId)).toMatchObject({ recorded: false, number: null })
    expect((await getApproval(board.chair, id)).state).toBe('voided')
    expect((await getBudget(board.member, budgetId)).limitUsd).toBe('120.00')
  })

  test('is not made by whoever asked: they are recused at once and cannot vote', async () => {
    const { itemId, meetingId } = await putRequest(board.member)
    const item = (await getMeeting(board.chair, meetingId)).agenda.find(each => each.id === itemId)
    expect(item?.votes).toMatchObject([{ personId: board.member.actor.id, vote: 'recused', recordedBy: 'the portal' }])
    expect(item?.quorum).toMatchObject({ present: 2, needed: 2, met: true })
    await expect(board.vote(itemId, board.member, 'for')).rejects.toMatchObject({ kind: 'permission_denied' })
    await board.vote(itemId, board.chair, 'for')
    await attendMeeting({ ctx: board.secretary, input: { id: meetingId, present: false } })
    await expect(board.decide(itemId)).rejects.toThrow(/no quorum: 1 of 2/)
    await attendMeeting({ ctx: board.secretary, input: { id: meetingId, present: true } })
    expect(await board.decide(itemId)).toMatchObject({ recorded: true })
  })

  test('completes its own step only: what others have to decide goes on to them', async () => {
    const steps = [
      { name: 'Board', inMeeting: true, approvers: { roles: ['board_member'] } },
      { name: 'Finance', approvers: { roles: ['finance'] } },
    ]
    const { admin } = board.organization
    await setPolicy({ ctx: admin, input: { kind: 'budget_increase', policy: { steps }, reason: 'Both have to' } })
    const { id, itemId } = await putRequest()
    const alone = approveRequest({ ctx: board.member, input: { id } })
    await expect(alone).rejects.toMatchObject({ kind: 'permission_denied' })
    await voteAll(itemId, 'for')
    const { outcome } = await board.decide(itemId)
    expect(outcome).toContain('next step now: Finance')
    expect(await approveRequest({ ctx: board.member, input: { id } })).toMatchObject({ state: 'approved' })
  })
})

test('numbers have no gap, however many meetings decide at once and however many fail', async () => {
  const fresh = await makeBoard()
  const items: string[] = []
  for (let count = 0; count < 4; count++) {
    const meeting = await fresh.session()
    const itemId = await fresh.motion(meeting.id)
    for (const ctx of [fresh.chair, fresh.member]) await fresh.vote(itemId, ctx, 'for')
    items.push(itemId)
  }
  const failing = items.map(itemId => fresh.decide(itemId, { supersedesId: items[0] }))
  await Promise.all(failing.map(each => expect(each).rejects.toMatchObject({ kind: 'not_found' })))
  const results = await Promise.all(items.map(itemId => fresh.decide(itemId)))
  const year = new Date().getUTCFullYear()
  expect(results.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4].map(each => `BD-${year}-00${each}`))
})

test('a later decision supersedes an earlier one, once, and the register finds both', async () => {
  const fresh = await makeBoard()
  const decided: RecordedDto[] = []
  for (const supersede of [false, true]) {
    const meeting = await fresh.session()
    const itemId = await fresh.motion(meeting.id)
    for (const ctx of [fresh.chair, fresh.member]) await fresh.vote(itemId, ctx, 'for')
    decided.push(await fresh.decide(itemId, supersede ? { supersedesId: decided[0]?.decisionId } : {}))
  }
  const [first, second] = decided
  const old = await getDecision(fresh.chair, first?.decisionId ?? '')
  expect(old).toMatchObject({ supersededBy: { id: second?.decisionId } })
  expect(old.history.map(({ version }) => version)).toEqual([2, 1])
  const find = (query: object) => listDecisions(fresh.chair, ListDecisionsQuery.parse(query))
  expect((await find({ inForce: 'yes' })).data.map(({ id }) => id)).toEqual([second?.decisionId])
  expect((await find({ search: first?.number })).data).toHaveLength(1)
  expect((await find({ search: 'argued' })).data).toHaveLength(2)
})

test('building an agenda twice puts nothing on it twice', async () => {
  const fresh = await makeBoard()
  await fresh.askForIncrease()
  const meeting = await fresh.session()
  await fresh.askForIncrease()
  const build = () => buildAgenda({ ctx: fresh.secretary, input: { id: meeting.id } })
  await Promise.all([build(), build(), build()])
  expect((await getMeeting(fresh.chair, meeting.id)).agenda.map(({ kind }) => kind)).toEqual(['request', 'request'])
})
