import AxeBuilder from '@axe-core/playwright'
import type { APIRequestContext, Page } from '@playwright/test'
import { ownTeam } from '../admin/own-team.ts'
import { uniqueName } from '../developer/issue-key.ts'
import type { Api } from '../fixtures/api.ts'
import { decideAndMeasure } from '../fixtures/enforcement.ts'
import { expect, test } from '../fixtures/test.ts'
import { BOARD_CHAIR, BOARD_SECRETARY, DEVELOPER } from '../people.ts'

// One board, one agenda: a meeting takes up what waits.
test.describe.configure({ mode: 'serial' })

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

/** A meeting with these items on its agenda, in session; the page stands on it. Gives its address. */
async function beginMeeting(secretary: Page, place: string, titles: readonly string[]): Promise<string> {
  await secretary.goto('/govern/board')
  await secretary.getByRole('button', { name: 'Schedule a meeting' }).click()
  const schedule = secretary.getByRole('dialog')
  await schedule.getByLabel('Where').fill(place)
  await schedule.getByRole('button', { name: 'Schedule', exact: true }).click()
  await expect(secretary).toHaveURL(/\/govern\/board\/meetings\/[0-9a-f-]{36}$/)
  for (const title of titles) await expect(secretary.getByRole('article', { name: title })).toBeVisible()
  await secretary.getByRole('button', { name: 'Begin the meeting' }).click()
  await expect(secretary.getByRole('button', { name: 'End the meeting' })).toBeVisible()
  return secretary.url()
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
}, info) => {
  test.slow()
  const scopes = ['budgets.read', 'budgets.manage', 'budgets.request', 'keys.issue', 'teams.read']
  const { token } = await api().post<{ token: string }>('/service-tokens', { name: `board-${Date.now()}`, scopes })
  const asked = await askForMore(api(token))
  await expect.poll(() => callModel(request, gatewayUrl, asked), { timeout: 30_000 }).toBe(402)

  const secretary = await signInAs(BOARD_SECRETARY)
  const address = await beginMeeting(secretary, 'Room Vermeer', [asked.title])
  const item = (page: Page) => page.getByRole('article', { name: asked.title })

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
  const owner = decision.getByRole('combobox', { name: 'Who sees to it' })
  await owner.click()
  await secretary.getByRole('option', { name: 'Priya Raman' }).click()
  await expect(owner).toHaveText('Priya Raman')
  await decision.getByLabel('Due').fill('2199-01-31')
  await decideAndMeasure(info, secretary, 'budget raised by the board', {
    click: () => decision.getByRole('button', { name: 'Record the decision' }).click(),
    binds: async () => (await callModel(request, gatewayUrl, asked)) === 200,
  })
  await expect(decision).toBeHidden()
  await expect(item(chair).getByText('Carried', { exact: true })).toBeVisible()

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

test('a model and an exemption are decided in one meeting, and the gateway obeys as each is recorded', async ({
  signInAs,
  signInBeside,
  api,
  gatewayUrl,
}, info) => {
  test.slow()
  const asked = await askForModelAndExemption(api())
  const statusOf = async (model: string) => {
    const answer = await fetch(`${gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${asked.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }], max_tokens: 10 }),
    })
    await answer.arrayBuffer()
    return answer.status
  }
  await expect.poll(() => statusOf(asked.exempt), { timeout: 30_000 }).toBe(403)
  await expect.poll(() => statusOf(asked.wanted), { timeout: 30_000 }).toBe(404)
  const titles = { wanted: `Model ${asked.wanted}`, exempt: `Exemption: ${asked.exempt}` }
  const secretary = await signInAs(BOARD_SECRETARY)
  const address = await beginMeeting(secretary, 'Room Rembrandt', Object.values(titles))
  const chair = await signInBeside(BOARD_CHAIR)
  await chair.goto(address)
  await chair.getByRole('button', { name: 'I am here' }).click()
  await secretary.getByRole('button', { name: 'I am here' }).click()
  await secretary.getByRole('switch', { name: 'Grace Okafor is present' }).click()
  await expect(secretary.getByText('Quorum: 3 of 5 present, 3 needed')).toBeVisible()
  for (const [which, what] of [
    ['wanted', 'model approved by the board'],
    ['exempt', 'exemption granted by the board'],
  ] as const) {
    const item = (page: Page) => page.getByRole('article', { name: titles[which] })
    await item(secretary).getByRole('button', { name: 'Take up' }).click()
    await item(secretary).getByRole('button', { name: 'Put to the vote' }).click()
    await item(chair).getByRole('button', { name: 'For', exact: true }).click()
    await item(secretary).getByRole('button', { name: 'For', exact: true }).click()
    await item(secretary).getByRole('combobox', { name: 'Vote of Grace Okafor' }).click()
    await secretary.getByRole('option', { name: 'For' }).click()
    await expect(item(chair).getByText('3 for, 0 against')).toBeVisible()
    await item(secretary).getByRole('button', { name: 'Record the decision' }).click()
    const decision = secretary.getByRole('dialog', { name: 'Record: carried' })
    await decision.getByLabel('Rationale').fill('Nothing that we have does it')
    await decideAndMeasure(info, secretary, what, {
      click: () => decision.getByRole('button', { name: 'Record the decision' }).click(),
      binds: async () => (await statusOf(asked[which])) === 200,
    })
    await expect(item(chair).getByText('Carried', { exact: true })).toBeVisible()
  }
  await secretary.getByRole('button', { name: 'End the meeting' }).click()
  await expect(secretary.getByText('Minutes drafted')).toBeVisible()
  await secretary.goto(`/govern/board/decisions?search=${asked.exempt}`)
  await secretary.getByRole('link', { name: /^BD-\d{4}-\d{3}$/ }).click()
  await expect(secretary.getByText('Nothing that we have does it').first()).toBeVisible()
})

/** A model that the catalog lacks and an exemption for one that nobody may call, both waiting, and a key to try them. */
async function askForModelAndExemption(api: Api): Promise<{ wanted: string; exempt: string; key: string }> {
  const [wanted, exempt] = [uniqueName('board-wants'), uniqueName('board-exempts')]
  const providers = await api.get<{ data: { id: string; kind: string }[] }>('/providers')
  const providerId = providers.data.find(({ kind }) => kind === 'sandbox')?.id
  const { data: people } = await api.get<{ data: { id: string }[] }>(`/people?search=${DEVELOPER}`)
  const teamId = await ownTeam(api)
  const facts = { providerId, upstreamModel: 'sandbox-gpt', dialects: ['chat'], tiers: ['Public', 'Internal'] }
  await api.post('/model-requests', { ...facts, identifier: wanted, purpose: 'Triage', alternatives: 'None' })
  const model = await api.post<{ id: string }>('/models', { ...facts, identifier: exempt, lifecycle: 'proposed' })
  await api.post('/exemptions', {
    ...{ title: exempt, kind: 'model', modelIds: [model.id], subject: { kind: 'team', target: teamId } },
    ...{ justification: 'A trial of a week', ownerId: people[0]?.id },
    risk: { method: 'qualitative', rating: 'low', text: 'Only made-up texts are sent' },
    endsAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  })
  const { key } = await api.post<{ key: string }>('/keys', { name: exempt, teamId })
  return { wanted, exempt, key }
}

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
