import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { exitCriteria } from '#core/maturity/criteria.ts'
import { getApproval } from '#lib/approvals/queries.ts'
import { setPolicy } from '#lib/approvals/set-policy.ts'
import { getExemption } from '#lib/exemptions/queries.ts'
import { requestExemption } from '#lib/exemptions/request-exemption.ts'
import { getMaturity } from '#lib/maturity/queries.ts'
import { requestAdvancement } from '#lib/maturity/request-advancement.ts'
import { writeAttestation } from '#lib/maturity/write-attestation.ts'
import { createModelRequest } from '#lib/model-requests/create-model-request.ts'
import { getModelRequest } from '#lib/model-requests/queries.ts'
import { createModel } from '#lib/models/create-model.ts'
import { transact } from '#lib/platform/transaction.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { makeBoard, type TestBoard } from '#test/board.ts'
import { exemptionInput } from '#test/exemption-suite.ts'
import { getMeeting } from './meeting-queries.ts'
import { putMotion } from './vote-on-item.ts'

let board: TestBoard
beforeAll(async () => {
  board = await makeBoard()
})

/** Takes a request that waits up in a meeting of its own, and carries it. */
async function carry(approvalId: string): Promise<void> {
  const meeting = await board.session()
  const { agenda } = await getMeeting(board.secretary, meeting.id)
  const item = agenda.find(({ subjectId }) => subjectId === approvalId)
  if (!item) throw new Error('what waits is on the agenda')
  await putMotion({ ctx: board.secretary, input: { id: item.id } })
  for (const ctx of [board.chair, board.secretary]) await board.vote(item.id, ctx, 'for')
  await board.vote(item.id, board.member, 'against')
  expect(await board.decide(item.id)).toMatchObject({ recorded: true })
  expect((await getApproval(board.chair, approvalId)).state).toBe('approved')
}

const provider = async () => {
  const { id } = await createProvider({
    ctx: board.organization.admin,
    input: { name: `OpenAI ${newId()}`, kind: 'openai' },
  })
  return id
}

test('the board puts a model into the catalog', async () => {
  const asked = await createModelRequest({
    ctx: await board.organization.person(['developer']),
    input: {
      ...{ identifier: newId(), providerId: await provider(), tiers: ['Public'] },
      ...{ purpose: 'Triage', alternatives: 'None' },
    },
  })
  await carry(asked.approvalId ?? '')
  expect(await getModelRequest(board.organization.admin, asked.id)).toMatchObject({ state: 'approved' })
})

test('the board grants an exemption where the policy of exemptions names it', async () => {
  const { organization } = board
  const policy = { steps: [{ name: 'Review board', approvers: { roles: ['board_member'] } }] }
  await setPolicy({ ctx: organization.admin, input: { kind: 'exemption', policy, reason: 'The board decides' } })
  const model = { providerId: await provider(), identifier: newId(), upstreamModel: 'gpt-4o', dialects: ['chat'] }
  const { id: modelId } = await createModel({ ctx: organization.admin, input: model })
  const input = exemptionInput(organization, { kind: 'model', modelIds: [modelId] })
  const asked = await requestExemption({ ctx: organization.admin, input })
  await carry(asked.approvalId ?? '')
  expect((await getExemption(organization.admin, asked.id)).state).toBe('in_force')
})

test('the board advances the stage on the states that it was asked on', async () => {
  const { admin } = board.organization
  for (const { id: criterionId } of exitCriteria(1)) {
    const said = { criterionId, verdict: 'exempt', statement: 'Decided', link: '', freshDays: 30 } as const
    await transact(admin, tx => writeAttestation(tx, admin, said))
  }
  const { approvalId } = await requestAdvancement({ ctx: admin, input: { reason: 'Everything is in place' } })
  await carry(approvalId)
  expect(await getMaturity(admin)).toMatchObject({ stage: 2, advancement: null })
})
