import { beforeAll, describe, expect, test } from 'vitest'
import { exitCriteria } from '#core/maturity/criteria.ts'
import { approveRequest } from '#lib/approvals/decide-approval.ts'
import { getApproval } from '#lib/approvals/queries.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { answerSelfAssessment } from './answer-self-assessment.ts'
import { attestCriterion } from './attest-criterion.ts'
import { getCriterion, getMaturity, ownAnswers } from './queries.ts'
import { requestAdvancement } from './request-advancement.ts'
import { requestExemption } from './request-exemption.ts'
import { listSnapshots } from './snapshots.ts'
import { takeSnapshot } from './take-snapshot.ts'
import { withdrawAttestation } from './withdraw-attestation.ts'
import { writeAttestation } from './write-attestation.ts'

let here: TestOrganization
let elsewhere: TestOrganization
let members: Context[]
beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  members = [await here.person(['board_member']), await here.person(['board_member'])]
})

async function criterion(id: string, ctx = here.admin) {
  const found = (await getMaturity(ctx)).criteria.find(each => each.id === id)
  if (!found) throw new Error(`no criterion ${id}`)
  return found
}

async function approve(approvalId: string): Promise<void> {
  for (const ctx of members) await approveRequest({ ctx, input: { id: approvalId, reason: 'As discussed' } })
}

test('a criterion follows the records by itself', async () => {
  const tiersOf = async () => (await criterion('S1.L1.X2')).parts[0]
  expect(await tiersOf()).toMatchObject({ value: 0, observed: '0', required: 'at least 3', state: 'not_met' })
  for (const [rank, name] of ['Public', 'Internal', 'Restricted'].entries()) {
    await createTier({ ctx: here.admin, input: { name, rank: (rank + 1) * 10, contentLogging: 'metadata' } })
  }
  expect(await tiersOf()).toMatchObject({ value: 3, state: 'met', href: '/govern/classification' })
  expect((await criterion('S1.L1.X2')).state).toBe('not_met')
})

describe('attesting', () => {
  const said = {
    criterionId: 'S1.L1.E3',
    verdict: 'met',
    statement: 'Seven tools, listed',
    link: 'https://example.test/inventory',
  }

  test('counts with its evidence, until it is withdrawn with a reason', async () => {
    const security = await here.person(['security'])
    const { id, evidenceHash } = await attestCriterion({ ctx: security, input: said })
    expect(evidenceHash).toMatch(/^[0-9a-f]{64}$/)
    expect(await criterion('S1.L1.E3')).toMatchObject({ state: 'met', evidence: { id, state: 'in_force' } })
    await withdrawAttestation({ ctx: security, input: { id, reason: 'A tool was missing' } })
    await expect(withdrawAttestation({ ctx: security, input: { id, reason: 'Again' } })).rejects.toMatchObject({
      kind: 'conflict',
    })
    expect(await criterion('S1.L1.E3')).toMatchObject({ state: 'unknown', evidence: null })
    const { attestations } = await getCriterion(here.admin, 'S1.L1.E3')
    expect(attestations).toMatchObject([{ id, state: 'withdrawn', withdrawReason: 'A tool was missing' }])
    const entries = await databases().system.auditEntry.findMany({
      where: { subjectId: id },
      orderBy: { sequence: 'asc' },
    })
    expect(entries.map(({ action }) => action)).toEqual(['criterion.attested', 'criterion.attestation_withdrawn'])
  })

  test('nobody talks a record away', async () => {
    const input = { ...said, criterionId: 'S1.L1.X4' }
    await expect(attestCriterion({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'invalid_input' })
    const unknown = { ...said, criterionId: 'S1.L4.X1' }
    await expect(attestCriterion({ ctx: here.admin, input: unknown })).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('needs the permission, and stays in its organization', async () => {
    const developer = await here.person(['developer'])
    await expect(attestCriterion({ ctx: developer, input: said })).rejects.toMatchObject({ kind: 'permission_denied' })
    expect(() => getMaturity(developer)).toThrow(/maturity\.read/)
    const { id } = await attestCriterion({ ctx: here.admin, input: said })
    const input = { id, reason: 'Not mine' }
    await expect(withdrawAttestation({ ctx: elsewhere.admin, input })).rejects.toMatchObject({ kind: 'not_found' })
    expect((await criterion('S1.L1.E3', elsewhere.admin)).state).toBe('unknown')
  })
})

test('what people believe stands beside what is computed, and disagreement shows', async () => {
  const lead = await here.person(['team_lead'])
  const answers = [{ criterionId: 'S1.L1.X4', answer: 'yes', note: 'There is a limit, surely' }]
  await answerSelfAssessment({ ctx: lead, input: { answers } })
  expect((await criterion('S1.L1.X4')).selfAssessment).toEqual({ yes: 1, partly: 0, no: 0, unsure: 0, disagrees: true })
  await answerSelfAssessment({ ctx: lead, input: { answers: [{ criterionId: 'S1.L1.X4', answer: 'no' }] } })
  expect((await criterion('S1.L1.X4')).selfAssessment).toMatchObject({ yes: 0, no: 1, disagrees: false })
  expect((await ownAnswers(lead)).get('S1.L1.X4')).toEqual({ answer: 'no', note: '' })
  await expect(
    answerSelfAssessment({ ctx: here.serviceToken(['maturity.read']), input: { answers } }),
  ).rejects.toMatchObject({ kind: 'permission_denied' })
})

test('a criterion is excused by the board, for a time, and is exempt and not met', async () => {
  const input = { criterionId: 'S3.L2.X3', reason: 'One region is all there is', days: 30 }
  const { approvalId } = await requestExemption({ ctx: here.admin, input })
  await expect(requestExemption({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'conflict' })
  expect((await getCriterion(here.admin, 'S3.L2.X3')).exemptionRequest).toEqual({ approvalId })
  await approve(approvalId)
  expect(await criterion('S3.L2.X3')).toMatchObject({ state: 'exempt', evidence: { verdict: 'exempt' } })
})

describe('advancing', () => {
  async function excuseAll(stage: 1 | 2): Promise<void> {
    for (const { id } of exitCriteria(stage)) {
      const said = { criterionId: id, verdict: 'exempt', statement: 'Decided', link: '', freshDays: 30 } as const
      await transact(here.admin, tx => writeAttestation(tx, here.admin, said))
    }
  }

  test('is refused while something is unmet, and names it', async () => {
    const asked = requestAdvancement({ ctx: here.admin, input: { reason: 'We feel ready' } })
    await expect(asked).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('S1.L1.X1') })
  })

  test('is decided by the board on the states as they were, and carried out with them', async () => {
    await excuseAll(1)
    const { approvalId } = await requestAdvancement({ ctx: here.admin, input: { reason: 'Everything is in place' } })
    expect((await getMaturity(here.admin)).advancement).toEqual({ approvalId })
    await approve(approvalId)
    expect(await getMaturity(here.admin)).toMatchObject({ stage: 2, advancement: null })
    const version = await databases().system.recordVersion.findFirstOrThrow({
      where: { organizationId: here.id, kind: 'maturity_stage' },
    })
    expect(version).toMatchObject({ version: 1, document: { stage: 2, approvalId, unmet: [] } })
  })

  test('is void when a criterion has changed since the board was asked', async () => {
    await excuseAll(2)
    const { approvalId } = await requestAdvancement({ ctx: here.admin, input: { reason: 'On we go' } })
    const excused = (await getCriterion(here.admin, 'S2.L5.X1')).attestations[0]
    await withdrawAttestation({ ctx: here.admin, input: { id: excused?.id ?? '', reason: 'It does apply' } })
    const [first] = members
    if (!first) throw new Error('the board has members')
    await approveRequest({ ctx: first, input: { id: approvalId } }).catch(() => null)
    expect((await getApproval(here.admin, approvalId)).state).toBe('voided')
    expect((await getMaturity(here.admin)).stage).toBe(2)
  })
})

test('a quarter is kept day by day and left alone when it is over', async () => {
  const ctx = here.admin
  const take = (moment: string) => transact(ctx, tx => takeSnapshot(tx, ctx, new Date(moment)))
  await take('2026-08-01T00:00:00Z')
  await take('2026-11-01T00:00:00Z')
  await take('2026-11-02T00:00:00Z')
  const snapshots = await listSnapshots(ctx)
  expect(snapshots.map(({ quarter, takenAt }) => [quarter, takenAt])).toEqual([
    ['2026-Q3', '2026-08-01T00:00:00.000Z'],
    ['2026-Q4', '2026-11-02T00:00:00.000Z'],
  ])
  expect(snapshots[0]?.met.map(({ of }) => of)).toEqual([11, 19, 24])
  expect(await listSnapshots(elsewhere.admin)).toEqual([])
})
