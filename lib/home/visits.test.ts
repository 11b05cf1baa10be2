import { expect, test } from 'vitest'
import { issueKey } from '#lib/keys/issue-key.ts'
import { transact } from '#lib/platform/transaction.ts'
import { makeOrganization } from '#test/organization.ts'
import { noteVisit } from './note-visit.ts'
import { homeOverview } from './queries.ts'

const HOUR_MS = 3_600_000

test('what changed counts from the end of the visit before, and stays so during one', async () => {
  const organization = await makeOrganization()
  const person = await organization.person(['developer'])
  const personId = person.actor.id ?? ''
  const start = new Date('2026-11-20T09:00:00Z')
  const visit = (minutes: number) => {
    return transact(person, tx => noteVisit(tx, person, personId, new Date(start.getTime() + minutes * 60_000)))
  }
  expect((await visit(0)).toISOString()).toBe('2026-11-13T09:00:00.000Z')
  expect((await visit(30)).toISOString()).toBe('2026-11-13T09:00:00.000Z')
  expect((await visit(24 * 60)).toISOString()).toBe('2026-11-20T09:30:00.000Z')
  expect((await visit(25 * 60)).toISOString()).toBe('2026-11-20T09:30:00.000Z')
})

test('what one did several times over stands once, with its number', async () => {
  const organization = await makeOrganization()
  const person = await organization.person(['developer'])
  for (const name of ['one', 'two', 'three']) {
    await issueKey({ ctx: person, input: { name, teamId: organization.teamId } })
  }
  const { changes, changedCount } = await homeOverview(await organization.person(['auditor']))
  expect(changes).toMatchObject([
    { title: 'Test developer issued API key three and 2 more', count: 3, detail: 'three, two, one' },
  ])
  expect(changedCount).toBe(3)
})

test('each role is led by its own figures, and nobody by what they may not see', async () => {
  const organization = await makeOrganization()
  const leads = async (...roles: Parameters<typeof organization.person>[0]) =>
    (await homeOverview(await organization.person(roles))).lead.map(({ href }) => href)
  expect(await leads('developer')).toEqual(['/build/keys', '/build/keys', '/build/models'])
  expect(await leads('finance')).toEqual(['/finance/budgets'])
  expect(await leads('auditor')).toEqual(['/security/audit', '/security/audit'])
  expect(await leads('security')).toContain('/security/dlp')
  expect(await leads()).toEqual([])
})

test('the limit of a key is none of the budgets that are counted', async () => {
  const organization = await makeOrganization()
  const limited = { name: 'limited', teamId: organization.teamId, dailyLimitUsd: '5' }
  await issueKey({ ctx: organization.admin, input: limited })
  const { lead } = await homeOverview(await organization.person(['finance']))
  expect(lead.find(({ href }) => href === '/finance/budgets')?.label).toBe('of 0 budgets above 80 %')
})

test('another’s visit is nobody else’s', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const personId = here.admin.actor.id ?? ''
  const later = new Date(Date.now() + 48 * HOUR_MS)
  await transact(here.admin, tx => noteVisit(tx, here.admin, personId))
  await transact(elsewhere.admin, tx => noteVisit(tx, elsewhere.admin, personId, later))
  const since = await transact(here.admin, tx => noteVisit(tx, here.admin, personId))
  expect(Date.now() - since.getTime()).toBeGreaterThan(6 * 24 * HOUR_MS)
})
