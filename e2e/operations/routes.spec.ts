import type { Page } from '@playwright/test'
import { uniqueName } from '../developer/issue-key.ts'
import { expect, test } from '../fixtures/test.ts'
import { DEVELOPER, OPERATIONS } from '../people.ts'

/** Picks an item of a box that one types into. */
async function choose(page: Page, label: string, item: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label })
  await box.fill(item)
  await page
    .getByRole('option', { name: new RegExp(`^${item}`) })
    .first()
    .click()
  await page.keyboard.press('Tab')
  // Escape would empty a box that is closed already; the next one has options of the same names.
  await expect(page.getByRole('option')).toHaveCount(0)
}

test('a route that is added sends the next call elsewhere, and one that is switched off no longer does', async ({
  signInAs,
  api,
  request,
  gatewayUrl,
}) => {
  const workload = uniqueName('route').replaceAll(' ', '-')
  const page = await signInAs(OPERATIONS)
  await page.goto('/operate/routes')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/route/)
  await page.getByRole('link', { name: 'New route' }).click()
  await page.getByLabel('Name', { exact: true }).fill(workload)
  await page.getByRole('combobox', { name: 'Decides for calls of' }).click()
  await page.getByRole('option', { name: 'A workload' }).click()
  await page.getByLabel('Workload').fill(workload)
  await choose(page, 'Covers calls that name', 'sandbox-gpt')
  await choose(page, 'May choose', 'sandbox-gpt-mini')
  await page.getByRole('radio', { name: 'Cheapest' }).click()
  const preview = page.getByRole('region', { name: 'What it would do' })
  await expect(preview).toContainText('"sandbox-gpt-mini"')
  await page.getByRole('button', { name: 'Add route' }).click()
  await expect(page).toHaveURL(/\/operate\/routes\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('the cheapest of 1 model')
  await expect(page.getByText(/^Live on \d+ of \d+ gateway/)).toBeVisible()

  const teams = await api().get<{ data: { id: string }[] }>('/teams')
  const key = await api().post<{ key: string }>('/keys', { name: workload, teamId: teams.data[0]?.id })
  const answeredBy = async () => {
    const answer = await request.post(`${gatewayUrl}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${key.key}`, 'x-gatehouse-workload': workload },
      data: { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'Hello' }] },
    })
    return answer.headers()['x-gatehouse-model']
  }
  await expect.poll(answeredBy).toBe('sandbox-gpt-mini')
  await page.getByRole('button', { name: `Switch off ${workload}` }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('switched off')
  await expect.poll(answeredBy).toBe('sandbox-gpt')
  await page.getByRole('link', { name: /^History/ }).click()
  await expect(page.getByText('state: in force → switched off')).toBeVisible()
  await page.getByRole('link', { name: /^Evidence/ }).click()
  const evidence = page.getByRole('table', { name: 'Latest requests that this route decided' })
  await expect(evidence.getByRole('row', { name: /sandbox-gpt-mini/ }).first()).toBeVisible()
})

test('an explanation says which models cannot be told what a request asks for', async ({ signInAs }) => {
  const page = await signInAs(OPERATIONS)
  await page.goto('/operate/routes/explain?model=sandbox-claude')
  const field = page.getByLabel('Parameters')
  await field.fill('{"logit_bias": ')
  await page.getByRole('button', { name: 'Explain' }).click()
  await expect(page.getByText('a JSON object, such as {"tools": []}')).toBeVisible()
  await expect(field).toHaveValue('{"logit_bias": ')
  await field.fill('{"logit_bias": {"5": 1}}')
  await page.getByRole('button', { name: 'Explain' }).click()
  const claude = page
    .getByRole('list', { name: 'Candidates' })
    .getByRole('listitem')
    .filter({ hasText: 'sandbox-claude' })
  await expect(claude.first()).toContainText('out')
  await expect(claude.first()).toContainText('logit_bias')
  await expect(page).toHaveURL(/parameters=/)
})

test('a drill that is asked for runs, and its result is evidence', async ({ signInAs }) => {
  const page = await signInAs(OPERATIONS)
  await page.goto('/operate/failover-drills')
  await expect(page.getByText('How soon are calls answered again?')).toBeVisible()
  await page.getByRole('button', { name: 'Run a drill' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Model that fails' }).fill('sandbox-gpt')
  await page
    .getByRole('option', { name: /^sandbox-gpt/ })
    .first()
    .click()
  await dialog.getByRole('button', { name: 'Start drill' }).click()
  await expect(page).toHaveURL(/\/operate\/failover-drills\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('list', { name: 'How far the drill is' })).toBeVisible()
  const title = page.getByRole('heading', { level: 1 })
  await expect(title).toHaveText(/^Without sandbox-gpt, calls were answered again after/, { timeout: 45_000 })
  await expect(page.getByText('sandbox-claude').first()).toBeVisible()
  await page.getByRole('link', { name: /^Evidence/ }).click()
  await expect(page.getByText(/^[0-9a-f]{64}$/)).toBeVisible()
  await expect(page.getByText(/^fresh until/)).toBeVisible()
})

test('a developer asks why a model would answer, and sees how the deployments do', async ({ signInAs }) => {
  const page = await signInAs(DEVELOPER)
  await page.goto('/operate/routes')
  await expect(page.getByRole('link', { name: 'New route' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Explain a request' }).click()
  await choose(page, 'Model', 'smart')
  await page.getByRole('button', { name: 'Explain', exact: true }).click()
  await expect(page).toHaveURL(/model=smart/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('would answer')
  const candidates = page.getByRole('list', { name: 'Candidates' })
  await expect(candidates.getByRole('link', { name: 'sandbox-gpt', exact: true })).toBeVisible()
  await expect(page.getByText('What puts the winner first?')).toBeVisible()
  await page.goto('/operate/deployments')
  await expect(page.getByRole('heading', { name: 'Latest failovers' })).toBeVisible()
})
