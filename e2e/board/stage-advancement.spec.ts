import type { Browser, Page } from '@playwright/test'
import { type Api, apiOf } from '../fixtures/api.ts'
import { BOOTSTRAP_TOKEN } from '../fixtures/portal.ts'
import { expect, test } from '../fixtures/test.ts'

interface Criterion {
  id: string
  state: string
  text: string
  parts: { by: string; state: string }[]
}

const EVIDENCE = 'https://wiki.example.test/maturity'

test('a stage is advanced in a meeting: attested, excused, asked for, voted on, with the snapshot kept', async ({
  api,
  browser,
  request,
}) => {
  test.slow()
  const slug = `advance-${Date.now()}`
  const { id: organizationId } = await api().post<{ id: string }>('/organizations', { name: slug })
  const bootstrap = apiOf(request, BOOTSTRAP_TOKEN, organizationId)
  const person = async (name: string, role: string) => {
    const email = `${name.split(' ')[0]?.toLowerCase()}@${slug}.example`
    return (await bootstrap.post<{ id: string }>('/people', { name, email, roles: [role] })).id
  }
  const owner = await person('Ottilie Brandt', 'administrator')
  const chair = await person('Mirela Dobrin', 'board_member')
  const member = await person('Tomas Lind', 'board_member')
  await makeBoard(bootstrap, { chair, member })

  await test.step('what no record shows is attested, and what a new organization cannot have is excused', async () => {
    const scopes = ['approvals.read', 'approvals.decide']
    const { token } = await bootstrap.post<{ token: string }>('/service-tokens', { name: 'Board', scopes })
    await keepFirstRecords(bootstrap)
    await meetExitCriteria(bootstrap, apiOf(request, token))
  })

  const asking = await signInByLink(browser, bootstrap, owner)
  await test.step('the administrator asks the board for the next stage', async () => {
    await asking.goto('/assure/maturity')
    await expect(asking.getByRole('heading', { level: 1 })).toHaveText(/^Stage 1, /)
    await asking.getByRole('button', { name: 'Ask for stage 2' }).click()
    const dialog = asking.getByRole('dialog')
    await dialog.getByLabel('Why the organization is ready').fill('Everything the first stage asks is in place')
    await dialog.getByRole('button', { name: 'Ask for stage 2' }).click()
    await expect(asking.getByText('Stage 2 is before the board')).toBeVisible()
  })

  const presiding = await signInByLink(browser, bootstrap, chair)
  await test.step('the board meets, votes and records the decision', async () => {
    await presiding.goto('/govern/board')
    await presiding.getByRole('button', { name: 'Schedule a meeting' }).click()
    await presiding.getByRole('dialog').getByRole('button', { name: 'Schedule', exact: true }).click()
    const item = presiding.getByRole('article', { name: /^Advance to stage 2, / })
    await expect(item).toBeVisible()
    await presiding.getByRole('button', { name: 'Begin the meeting' }).click()
    await presiding.getByRole('button', { name: 'I am here' }).click()
    await presiding.getByRole('switch', { name: 'Tomas Lind is present' }).click()
    await expect(presiding.getByText('Quorum: 2 of 2 present, 2 needed')).toBeVisible()
    await item.getByRole('button', { name: 'Take up' }).click()
    await item.getByRole('button', { name: 'Put to the vote' }).click()
    await item.getByRole('button', { name: 'For', exact: true }).click()
    await item.getByRole('combobox', { name: 'Vote of Tomas Lind' }).click()
    await presiding.getByRole('option', { name: 'For' }).click()
    await expect(item.getByText('2 for, 0 against')).toBeVisible()
    await item.getByRole('button', { name: 'Record the decision' }).click()
    const decision = presiding.getByRole('dialog', { name: 'Record: carried' })
    await decision.getByLabel('Rationale').fill('The first stage holds, and the second has its owners')
    await decision.getByRole('button', { name: 'Record the decision' }).click()
    await expect(item.getByText('Carried', { exact: true })).toBeVisible()
  })

  await test.step('the stage is the next one, and the decision shows what it was decided on', async () => {
    await asking.goto('/assure/maturity')
    await expect(asking.getByRole('heading', { level: 1 })).toHaveText(/^Stage 2, /)
    await presiding.goto('/govern/board/decisions')
    await presiding.getByRole('link', { name: /^BD-\d{4}-001$/ }).click()
    await expect(presiding.getByText('SHA-256 of its canonical form (RFC 8785):')).toBeVisible()
    const { data } = await bootstrap.get<{ data: { id: string }[] }>('/board/decisions')
    const kept = await bootstrap.get<{ snapshot: { toStage: number; states: Record<string, string> } }>(
      `/board/decisions/${data[0]?.id}`,
    )
    expect(kept.snapshot.toStage).toBe(2)
    const states = Object.values(kept.snapshot.states)
    expect(states).toContain('met')
    expect(states.filter(state => state !== 'met' && state !== 'exempt')).toEqual([])
  })
})

/** A board of two who vote, both of whom have to be there. */
async function makeBoard(api: Api, { chair, member }: { chair: string; member: string }): Promise<void> {
  await api.put('/board/charter', {
    ...{ name: 'AI review board', purpose: 'Decides how far we have come.', votingRule: 'simple_majority' },
    quorum: { kind: 'majority' },
    cadence: { every: 'month', weekday: 1, week: 2, time: '14:00', timeZone: 'UTC', minutes: 60 },
  })
  await api.post('/board/members', { personId: chair, role: 'chair' })
  await api.post('/board/members', { personId: member, role: 'member' })
}

/** A classified source of data and a cost ceiling: what a new organization has of its own. */
async function keepFirstRecords(api: Api): Promise<void> {
  await api.post('/data-sources', { name: 'Contracts', tier: 'Restricted' })
  const ceiling = { name: 'All spend', scope: 'organization', window: { kind: 'month' }, limitUsd: '1000' }
  await api.post('/budgets', ceiling)
}

/**
 * Lets every exit criterion of the first stage be met or excused: attested with evidence where it asks for a person's
 * word, excused by somebody else's decision where a new organization has no records yet.
 */
async function meetExitCriteria(asking: Api, deciding: Api): Promise<void> {
  const steps = [{ name: 'Review board', approvers: { roles: ['board_member'] } }]
  const policy = { steps, expiresAfterHours: 24 }
  await asking.put('/approval-policies/criterion_exemption', { policy, reason: 'One vote excuses' })
  const { data } = await asking.get<{ data: Criterion[] }>('/maturity/criteria?stage=1&kind=exit&limit=100')
  for (const { id, state, parts } of data) {
    if (state === 'met') continue
    if (parts.some(({ by }) => by === 'attestation')) {
      const said = { verdict: 'met', statement: 'Looked at with the team', link: EVIDENCE }
      await asking.post(`/maturity/criteria/${id}/attestations`, said)
    }
    if (parts.every(({ by, state: found }) => by === 'attestation' || found === 'met')) continue
    const wanted = { reason: 'A new organization has no records of it yet', days: 30 }
    const { approvalId } = await asking.post<{ approvalId: string }>(
      `/maturity/criteria/${id}/exemption-requests`,
      wanted,
    )
    await deciding.post(`/approvals/${approvalId}/approve`, {})
  }
}

/** Signs somebody in at a screen of their own, by a link as an administrator makes it. */
async function signInByLink(browser: Browser, api: Api, personId: string): Promise<Page> {
  const { url } = await api.post<{ url: string }>(`/people/${personId}/sign-in-links`, {})
  const page = await (await browser.newContext()).newPage()
  await page.goto(url)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await page.waitForURL(address => !address.pathname.startsWith('/sign-in'))
  return page
}
