import AxeBuilder from '@axe-core/playwright'
import type { APIRequestContext, Page } from '@playwright/test'
import type { Api } from '../fixtures/api.ts'
import { expect, test } from '../fixtures/test.ts'
import { BOARD_CHAIR, BOARD_SECRETARY } from '../people.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Asked {
  title: string
  workload: string
  key: string
}

/** A budget that is spent with the first call, and a request for more that waits for Finance or the board. */
async function askForMore(api: Api): Promise<Asked> {
  const workload = `board-${Date.now()}`
  const fields = { name: workload, scope: 'workload', target: workload, window: { kind: 'month' } }
  const thresholds = [{ percent: 100, action: 'stop' }]
  const budget = await api.post<{ id: string }>('/budgets', { ...fields, limitUsd: '0.000001', thresholds })
  await api.post(`/budgets/${budget.id}/increase-requests`, { limitUsd: '50', reason: 'The pilot is over' })
  const teams = await api.get<{ data: { id: string }[] }>('/teams')
  const { key } = await api.post<{ key: string }>('/keys', { name: workload, teamId: teams.data[0]?.id })
  return { title: `USD 50.00 for ${workload}`, workload, key }
}

function callModel(request: APIRequestContext, gatewayUrl: string, { workload, key }: Asked): Promise<number> {
  return request
    .post(`${gatewayUrl}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${key}`, 'x-gatehouse-workload': workload },
      data: { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'Hello' }] },
    })
    .then(answer => answer.status())
}

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)
}

test('a secretary’s meeting day: agenda, quorum, votes on two screens, a budget in force, minutes approved', async ({
  signInAs,
  signInBeside,
  api,
  request,
  gatewayUrl,
}) => {
  const scopes = ['budgets.read', 'budgets.manage', 'budgets.request', 'keys.issue', 'teams.read']
  const { token } = await api().post<{ token: string }>('/service-tokens', { name: `board-${Date.now()}`, scopes })
  const asked = await askForMore(api(token))
  await expect.poll(() => callModel(request, gatewayUrl, asked), { timeout: 30_000 }).toBe(402)

  const secretary = await signInAs(BOARD_SECRETARY)
  await secretary.goto('/govern/board')
  await secretary.getByRole('button', { name: 'Schedule a meeting' }).click()
  const schedule = secretary.getByRole('dialog')
  await schedule.getByLabel('Where').fill('Room Vermeer')
  await schedule.getByRole('button', { name: 'Schedule', exact: true }).click()
  await expect(secretary).toHaveURL(/\/govern\/board\/meetings\/[0-9a-f-]{36}$/)
  const address = secretary.url()
  const item = (page: Page) => page.getByRole('article', { name: asked.title })
  await expect(item(secretary)).toBeVisible()
  await secretary.getByRole('button', { name: 'Begin the meeting' }).click()
  await expect(secretary.getByRole('button', { name: 'End the meeting' })).toBeVisible()

  const chair = await signInBeside(BOARD_CHAIR)
  await chair.setViewportSize({ width: 390, height: 844 })
  await chair.goto(address)
  await expect(chair.getByText('No quorum: 0 of 5 present, 3 needed')).toBeVisible()
  await chair.getByRole('button', { name: 'I am here' }).click()
  await secretary.getByRole('button', { name: 'I am here' }).click()
  await secretary.getByRole('switch', { name: 'Amina Khalil is present' }).click()
  await expect(chair.getByText('Quorum: 3 of 5 present, 3 needed')).toBeVisible()

  await item(secretary).getByRole('button', { name: 'Take up' }).click()
  await item(secretary).getByRole('button', { name: 'Put to the vote' }).click()
  await expect(chair.getByRole('heading', { level: 1 })).toHaveText(`Voting on: ${asked.title}`)
  await item(chair).getByRole('button', { name: 'For', exact: true }).click()
  await item(secretary).getByRole('button', { name: 'Against', exact: true }).click()
  await expect(item(chair).getByText('1 for, 1 against')).toBeVisible()
  expect(await violationsOf(chair)).toEqual([])
  expect(await violationsOf(secretary)).toEqual([])
  await item(secretary).getByRole('combobox', { name: 'Vote of Amina Khalil' }).click()
  await secretary.getByRole('option', { name: 'For' }).click()
  await expect(item(chair).getByText('2 for, 1 against')).toBeVisible()

  await item(secretary).getByRole('button', { name: 'Record the decision' }).click()
  const decision = secretary.getByRole('dialog', { name: 'Record: carried' })
  await decision.getByLabel('Rationale').fill('The pilot has shown what it costs')
  await decision.getByLabel('Dissent').fill('The forecast is missing')
  await decision.getByRole('button', { name: 'Add a condition' }).click()
  await decision.getByLabel('What must hold').fill('Report the cost monthly')
  await decision.getByRole('combobox', { name: 'Who sees to it' }).click()
  await secretary.getByRole('option', { name: 'Priya Raman' }).click()
  await decision.getByLabel('Due').fill('2199-01-31')
  await decision.getByRole('button', { name: 'Record the decision' }).click()
  await expect(decision).toBeHidden()
  await expect(item(chair).getByText('Carried', { exact: true })).toBeVisible()
  await expect.poll(() => callModel(request, gatewayUrl, asked), { timeout: 30_000 }).toBe(200)

  await secretary.getByRole('button', { name: 'End the meeting' }).click()
  await expect(secretary.getByText('Minutes drafted')).toBeVisible()
  await secretary.goto(`${address}?tab=minutes`)
  await expect(secretary.getByText('Dissent: The forecast is missing')).toBeVisible()
  await secretary.getByRole('button', { name: 'Circulate' }).click()
  await secretary.getByRole('button', { name: 'Approve the minutes' }).click()
  await chair.goto(`${address}?tab=minutes`)
  await chair.getByRole('button', { name: 'Approve the minutes' }).click()
  await expect(chair.getByText('Approved and frozen.')).toBeVisible()
  expect(await violationsOf(chair)).toEqual([])

  await secretary.goto(`/govern/board/decisions?search=${asked.workload}`)
  await expect(secretary.getByRole('cell', { name: asked.title })).toBeVisible()
  await secretary.getByRole('link', { name: /^BD-\d{4}-\d{3}$/ }).click()
  await expect(secretary.getByRole('heading', { level: 1 })).toContainText(/BD-\d{4}-\d{3}/)
  await expect(secretary.getByText('Report the cost monthly')).toBeVisible()
})

test('who only reads sees the board and cannot run it', async ({ signInAs }) => {
  const page = await signInAs('ifeoma.eze@northwind.example')
  await page.goto('/govern/board')
  await page.getByRole('link', { name: 'Review board meeting 1', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Review board meeting 1: 2 decisions')
  await expect(page.getByText('Minutes approved')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Begin the meeting' })).toHaveCount(0)
  const calendar = await page.request.get(`${page.url()}/calendar`)
  expect(await calendar.text()).toContain('BEGIN:VEVENT')
  await page.goto('/govern/board/charter')
  await expect(page.getByRole('link', { name: 'Change the charter' })).toHaveCount(0)
})
