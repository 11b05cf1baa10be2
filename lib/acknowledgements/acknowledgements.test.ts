import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { findNeeds } from '#lib/home/needs.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import { archivePolicy } from '#lib/policies/archive-policy.ts'
import { circulatePolicy } from '#lib/policies/circulate-policy.ts'
import { getPolicy } from '#lib/policies/queries.ts'
import { remindOfPolicyReviews } from '#lib/policies/remind-of-reviews.ts'
import { setRequirement } from '#lib/policies/set-requirement.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { changeDraft, type PolicyPeople, policyPeople, ratifiedPolicy, ratifyDraft } from '#test/ratified-policy.ts'
import { acknowledgePolicy } from './acknowledge-policy.ts'
import { coverageCsv } from './coverage-csv.ts'
import { listAcknowledgements, policyCoverage } from './queries.ts'
import { remindOfAcknowledgements } from './remind-of-acknowledgements.ts'
import { ListAcknowledgementsQuery } from './schema.ts'

const DAY_MS = 86_400_000
let here: TestOrganization
let people: PolicyPeople
let developer: Context
let lead: Context

beforeAll(async () => {
  here = await makeOrganization()
  people = await policyPeople(here)
  developer = await here.person(['developer'])
  lead = await here.person(['team_lead'], { lead: true })
})

async function acknowledge(ctx: Context, policyId: string) {
  const { asked } = await getPolicy(ctx, policyId)
  const input = { policyId, versionId: asked?.id, sha256: asked?.sha256, readToEnd: true }
  return acknowledgePolicy({ ctx, input })
}

const noticesOf = (ctx: Context, title: RegExp) =>
  databases()
    .system.notice.findMany({ where: { personId: ctx.actor.id ?? '' } })
    .then(rows => rows.filter(row => title.test(row.title)))

test('who acknowledges is known by version, hash and time; coverage rises; a new version asks again', async () => {
  const policy = await ratifiedPolicy(people, newId())
  expect(policy.coverage).toEqual({ asked: 6, acknowledged: 0 })
  expect(await noticesOf(developer, new RegExp(policy.name))).toHaveLength(1)
  const given = await acknowledge(developer, policy.id)
  expect(given).toMatchObject({ number: 1, sha256: policy.inForce?.sha256, personId: developer.actor.id })
  expect(await acknowledge(developer, policy.id)).toEqual(given)
  expect((await getPolicy(developer, policy.id)).mine).toEqual({ asked: true, acknowledged: true })
  expect((await noticesOf(developer, new RegExp(policy.name)))[0]?.dismissedAt).not.toBeNull()

  await changeDraft(people.writer, policy.id, 'A spelling is corrected.')
  const editorial = await ratifyDraft(people, policy.id, { editorial: true })
  expect(editorial).toMatchObject({ inForce: { number: 2 }, coverage: { asked: 6, acknowledged: 1 } })
  await changeDraft(people.writer, policy.id, '- **X1** Another rule.')
  const third = await ratifyDraft(people, policy.id)
  expect(third).toMatchObject({ inForce: { number: 3 }, coverage: { asked: 6, acknowledged: 0 } })
  const old = { policyId: policy.id, versionId: given.versionId, sha256: given.sha256, readToEnd: true }
  await expect(acknowledgePolicy({ ctx: developer, input: old })).rejects.toMatchObject({ kind: 'conflict' })
})

test('not without reading to the end, not by a token, not for another organization', async () => {
  const policy = await ratifiedPolicy(people, newId())
  const { id: versionId, sha256 } = policy.inForce ?? { id: '', sha256: '' }
  const input = { policyId: policy.id, versionId, sha256, readToEnd: true }
  await expect(acknowledgePolicy({ ctx: developer, input: { ...input, readToEnd: false } })).rejects.toThrow(
    /to its end/,
  )
  const token = here.serviceToken(['policies.read'])
  await expect(acknowledgePolicy({ ctx: token, input })).rejects.toMatchObject({ kind: 'permission_denied' })
  const stranger = await (await makeOrganization()).person(['developer'])
  await expect(acknowledgePolicy({ ctx: stranger, input })).rejects.toMatchObject({ kind: 'not_found' })
  await expect(policyCoverage(stranger, policy.id)).rejects.toMatchObject({ kind: 'not_found' })
  const other = { ...input, sha256: 'a'.repeat(64) }
  await expect(acknowledgePolicy({ ctx: developer, input: other })).rejects.toMatchObject({ kind: 'conflict' })
})

test('coverage is by person and team, within the reach of who asks', async () => {
  const policy = await ratifiedPolicy(people, newId())
  await acknowledge(developer, policy.id)
  const all = await policyCoverage(people.legal, policy.id)
  expect(all).toMatchObject({ asked: 6, acknowledged: 1, number: 1 })
  expect(all.teams).toMatchObject([{ name: 'Platform', asked: 3, acknowledged: 1 }])
  expect((await policyCoverage(lead, policy.id)).people).toHaveLength(3)
  expect((await policyCoverage(developer, policy.id)).people.map(({ id }) => id)).toEqual([developer.actor.id])
  const csv = coverageCsv(all)
  expect(csv.split('\r\n')[0]).toBe('policy,askedVersion,person,teams,acknowledgedVersion,acknowledgedAt,sha256')
  expect(csv).toContain(policy.inForce?.sha256)
  const query = ListAcknowledgementsQuery.parse({ policyId: policy.id })
  expect((await listAcknowledgements(lead, query)).data).toHaveLength(1)
  const nobody = await here.person(['developer'], { teamId: null })
  expect((await listAcknowledgements(nobody, query)).data).toEqual([])
})

test('it is circulated to teams, and keys can need it only of those', async () => {
  const policy = await ratifiedPolicy(people, newId())
  const team = { id: policy.id, everyone: false, teamIds: [here.teamId] }
  const circulated = await circulatePolicy({ ctx: people.writer, input: team })
  expect(circulated.coverage?.asked).toBe(3)
  const whole = setRequirement({ ctx: people.writer, input: { id: policy.id, scope: 'everyone' } })
  await expect(whole).rejects.toThrow(/circulate the policy to these teams/)
  const input = { id: policy.id, scope: 'teams', teamIds: [here.teamId], graceDays: 0 }
  expect((await setRequirement({ ctx: people.writer, input })).requirement).toMatchObject({ scope: 'teams' })
  const narrower = { id: policy.id, everyone: false, teamIds: [newId()] }
  await expect(circulatePolicy({ ctx: people.writer, input: narrower })).rejects.toMatchObject({
    kind: 'invalid_input',
  })
  const where = { organizationId: here.id, kind: 'policy', id: policy.id }
  const published = await databases().system.gatewayConfig.findFirstOrThrow({ where })
  expect(published.doc).toMatchObject({ number: 1, asksFrom: 1, teamIds: [here.teamId] })
  await archivePolicy({ ctx: people.writer, input: { id: policy.id } })
  expect((await databases().system.gatewayConfig.findFirstOrThrow({ where })).deleted).toBe(true)
})

test('people are reminded after 3, 7 and 14 days, each once, and owners when a review is due', async () => {
  const policy = await ratifiedPolicy(people, newId())
  const after = (days: number) => remindOfAcknowledgements(new Date(Date.now() + days * DAY_MS + 60_000))
  const reminders = () => noticesOf(developer, new RegExp(`${policy.name} still waits`))
  await after(2)
  expect(await reminders()).toHaveLength(0)
  for (const days of [3, 3, 7, 14, 20]) await after(days)
  expect(await reminders()).toHaveLength(3)
  const due = new Date(Date.parse(policy.reviewDueAt ?? '') - 7 * DAY_MS)
  await remindOfPolicyReviews(due)
  await remindOfPolicyReviews(due)
  expect(await noticesOf(people.legal, new RegExp(`review of ${policy.name} is due in 7 days`))).toHaveLength(1)
})

test('Home tells what one has to acknowledge until it is done', async () => {
  const policy = await ratifiedPolicy(people, newId())
  await databases().system.notice.deleteMany({ where: { personId: developer.actor.id ?? '' } })
  const needs = () => transact(developer, tx => findNeeds(tx, developer))
  const href = `/govern/policies/${policy.id}`
  expect((await needs()).filter(item => item.href === href)).toMatchObject([{ kind: 'policy_asked', action: 'Read' }])
  await acknowledge(developer, policy.id)
  expect((await needs()).filter(item => item.href === href)).toEqual([])
})
