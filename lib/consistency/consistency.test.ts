import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { getBudget } from '#lib/budgets/queries.ts'
import { requestIncrease } from '#lib/budgets/request-increase.ts'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { CONSISTENCY_CHECKS } from './checks.ts'
import { previewApproval } from './preview-approval.ts'
import { getConsistency } from './queries.ts'

const { system } = databases()
let here: TestOrganization
beforeAll(async () => {
  here = await makeOrganization()
})

async function findingsOf(check: string, organization = here): Promise<string[]> {
  const { checks } = await getConsistency(organization.admin)
  const found = checks.find(({ id }) => id === check)
  if (!found) throw new Error(`no check ${check}`)
  return found.findings.map(({ message }) => message)
}

async function makeModel(name: string, data: object = {}): Promise<string> {
  const provider = await system.provider.findFirst({ where: { organizationId: here.id } })
  const providerId = provider?.id ?? newId()
  if (!provider) {
    const fields = { name: 'Provider', kind: 'openai', baseUrl: 'https://example.test' } as const
    await system.provider.create({ data: { id: providerId, organizationId: here.id, ...fields } })
  }
  const id = newId()
  const fields = { identifier: name, displayName: name, upstreamModel: name, dialects: ['chat'], tiers: ['Public'] }
  await system.model.create({ data: { id, organizationId: here.id, providerId, ...fields, ...data } })
  return id
}

test('every check has a name of its own, and says what follows from it', () => {
  expect(new Set(CONSISTENCY_CHECKS.map(({ id }) => id)).size).toBe(CONSISTENCY_CHECKS.length)
  for (const { consequence, title } of CONSISTENCY_CHECKS) {
    expect(title).toMatch(/^Every /)
    expect(consequence).toMatch(/\.$/)
  }
})

test('models: tier, price, and substitutes and routes that can be called', async () => {
  await createTier({ ctx: here.admin, input: { name: 'Public', rank: 10, contentLogging: 'metadata' } })
  const blocked = await makeModel('blocked', { lifecycle: 'blocked' })
  const bare = await makeModel('bare', { tiers: [], substitutes: [{ modelId: blocked, when: ['outage'] }] })
  await makeModel('strange', { tiers: ['Nowhere'] })
  expect(await findingsOf('callable-models-have-tiers')).toEqual(['bare names no tier'])
  expect(await findingsOf('models-name-known-tiers')).toEqual(['strange names the tier Nowhere, which does not exist'])
  expect(await findingsOf('callable-models-have-a-price')).toEqual([
    'bare has no price in force',
    'strange has no price in force',
  ])
  expect(await findingsOf('substitutes-can-be-called')).toEqual(['blocked cannot stand in for bare'])
  const definition = { modelIds: [bare, blocked] }
  await system.route.create({
    data: { id: newId(), organizationId: here.id, name: 'Main', scope: 'organization', definition },
  })
  expect(await findingsOf('routes-name-callable-models')).toEqual(['Main names blocked, which cannot be called'])
})

test('people: a team without a lead, a key of somebody who left, a step nobody can decide', async () => {
  expect(await findingsOf('teams-have-a-lead')).toEqual(['Platform has no active lead'])
  const lead = await here.person(['team_lead'], { lead: true })
  expect(await findingsOf('teams-have-a-lead')).toEqual([])
  const left = await here.person(['developer'])
  const key = { kind: 'live', publicId: newId(), secretHash: Buffer.from('x'), environment: 'development' } as const
  const expiresAt = new Date(Date.now() + 86_400_000)
  await system.apiKey.create({
    data: {
      id: newId(),
      organizationId: here.id,
      name: 'old',
      teamId: here.teamId,
      personId: left.actor.id,
      expiresAt,
      ...key,
    },
  })
  await system.person.update({ where: { id: left.actor.id ?? '' }, data: { status: 'deactivated' } })
  expect(await findingsOf('keys-have-a-holder')).toEqual(['old belongs to Test developer, who left'])
  expect(await findingsOf('approval-steps-have-deciders')).toContain(
    'Advancement to the next stage, step Review board: 0 of the 2 people it takes',
  )
  expect(lead.actor.id).not.toBe(null)
})

test('limits: about somebody who is gone', async () => {
  const window = { kind: 'month', timeZone: 'UTC' }
  const person = await here.person(['developer'])
  const input = { name: 'Theirs', scope: 'person', target: person.actor.id, window, limitUsd: '10' }
  await createBudget({ ctx: here.admin, input })
  const ofExemption = { scope: 'exemption', target: newId(), exemptionId: newId(), name: 'Of an exemption' }
  const budget = { id: newId(), organizationId: here.id, window, limitNanoUsd: 1n, thresholds: [], ...ofExemption }
  await system.budget.create({ data: budget })
  expect(await findingsOf('limits-are-about-something')).toEqual([])
  await system.person.update({ where: { id: person.actor.id ?? '' }, data: { status: 'deactivated' } })
  expect(await findingsOf('limits-are-about-something')).toEqual(['Theirs is about a person that is gone'])
})

test('a request is tried, and everything it did is undone', async () => {
  const window = { kind: 'month', timeZone: 'UTC' }
  const input = { name: newId(), scope: 'team', target: here.teamId, window, limitUsd: '100' }
  const { id: budgetId } = await createBudget({ ctx: here.admin, input })
  const lead = await here.person(['team_lead'], { lead: true })
  const asked = await requestIncrease({ ctx: lead, input: { id: budgetId, limitUsd: '150', reason: 'a launch' } })
  const finance = await here.person(['finance'])
  const entries = await system.auditEntry.count({ where: { organizationId: here.id } })
  expect(await previewApproval(finance, asked.id)).toEqual({ refused: null, appears: [], disappears: [] })
  expect((await getBudget(finance, budgetId)).limitUsd).toBe('100.00')
  expect(await system.auditEntry.count({ where: { organizationId: here.id } })).toBe(entries)
  await system.budget.update({ where: { id: budgetId }, data: { archivedAt: new Date() } })
  const { refused } = await previewApproval(finance, asked.id)
  expect(refused).toMatch(/archived/)
  await expect(previewApproval(lead, asked.id)).rejects.toMatchObject({ kind: 'permission_denied' })
})

test('needs the permission, and sees its own organization alone', async () => {
  const developer = await here.person(['developer'])
  expect(() => getConsistency(developer)).toThrow(/consistency\.read/)
  const elsewhere = await makeOrganization()
  expect(await findingsOf('callable-models-have-tiers', elsewhere)).toEqual([])
  const pending = await transact(here.admin, tx => tx.approvalRequest.findFirstOrThrow({ where: { state: 'pending' } }))
  await expect(previewApproval(elsewhere.admin, pending.id)).rejects.toMatchObject({ kind: 'not_found' })
})
