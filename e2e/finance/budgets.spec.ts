import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/test.ts'

const FINANCE = 'grace.okafor@northwind.example'
const LEAD = 'priya.raman@northwind.example'
const ADMINISTRATOR = 'marek.nowak@northwind.example'

/** A person at the page of the budget with this name. */
async function openBudget(page: Page, name: string): Promise<void> {
  await page.goto('/finance/budgets')
  await page.getByRole('link', { name, exact: true }).click()
  await expect(page).toHaveURL(/\/finance\/budgets\/[0-9a-f-]{36}$/)
}

test('finance sees which budgets run out, and sets one that refuses the next call', async ({
  signInAs,
  api,
  request,
  gatewayUrl,
}) => {
  const page = await signInAs(FINANCE)
  await page.goto('/finance/budgets')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/budgets?/)
  await expect(page.getByRole('meter', { name: 'All AI spend' })).toBeVisible()
  const workload = `e2e-${Date.now()}`
  await page.getByRole('link', { name: 'New budget' }).click()
  await page.getByLabel('Name').fill(workload)
  await page.getByRole('combobox', { name: 'Covers' }).click()
  await page.getByRole('option', { name: 'Workload' }).click()
  await page.getByRole('textbox', { name: 'Workload' }).fill(workload)
  await page.getByRole('textbox', { name: 'Limit', exact: true }).fill('0.000001')
  await page.getByRole('button', { name: 'Set budget' }).click()
  await expect(page).toHaveURL(/\/finance\/budgets\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(workload)

  const teams = await api().get<{ data: { id: string }[] }>('/teams')
  const key = await api().post<{ key: string }>('/keys', { name: workload, teamId: teams.data[0]?.id })
  await expect
    .poll(async () => {
      const answer = await request.post(`${gatewayUrl}/v1/chat/completions`, {
        headers: { authorization: `Bearer ${key.key}`, 'x-gatehouse-workload': workload },
        data: { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'Hello' }] },
      })
      return answer.status()
    })
    .toBe(402)
})

test('a lead asks for more, and the administrator approves it', async ({ signInAs }) => {
  const page = await signInAs(LEAD)
  await openBudget(page, 'Support assistants')
  await expect(page.getByText('How long does it last?')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Who spends this budget' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Change limit' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Request increase' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Limit').fill('999999')
  await dialog.getByLabel('Reason').fill('A new country goes live')
  await dialog.getByRole('button', { name: 'Request increase' }).click()
  await expect(dialog).toBeHidden()
  const address = page.url()
  await page.context().clearCookies()
  const administrator = await signInAs(ADMINISTRATOR)
  await administrator.goto(`${address}?tab=requests`)
  await administrator.getByRole('button', { name: 'Approve' }).click()
  await expect(administrator.getByText('Approved by Marek Nowak')).toBeVisible()
  await administrator.goto(`${address}?tab=history`)
  await expect(administrator.getByText('A new country goes live').first()).toBeVisible()
})

test('who has no part in budgets is told which role it takes', async ({ signInAs }) => {
  const page = await signInAs('tomas.herrera@northwind.example')
  await page.goto('/finance/budgets')
  await expect(page.getByText('budgets.read')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Budgets' })).toHaveCount(0)
})
