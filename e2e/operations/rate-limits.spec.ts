import { expect, test } from '../fixtures/test.ts'

const OPERATIONS = 'kenji.watanabe@northwind.example'

test('operations sets a limit, the gateway refuses with 429 within a second, and the page shows whom', async ({
  signInAs,
  api,
  request,
  gatewayUrl,
}) => {
  const name = `e2e-${Date.now()}`
  const teams = await api().get<{ data: { id: string }[] }>('/teams')
  const { key } = await api().post<{ key: string }>('/keys', { name, teamId: teams.data[0]?.id })
  const call = async () => {
    const answer = await request.post(`${gatewayUrl}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${key}` },
      data: { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'Hello' }] },
    })
    return answer.status()
  }
  await expect.poll(call).toBe(200)

  const page = await signInAs(OPERATIONS)
  await page.goto('/operate/rate-limits')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/rate limits?/)
  await page.getByRole('link', { name: 'New rate limit' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('combobox', { name: 'Covers' }).click()
  await page.getByRole('option', { name: 'API key', exact: true }).click()
  await page.getByRole('combobox', { name: 'Which API key' }).click()
  await page.getByRole('combobox', { name: 'Which API key' }).fill(name)
  await page.getByRole('option', { name }).click()
  await page.getByRole('textbox', { name: 'Limit', exact: true }).fill('1')
  await page.getByRole('button', { name: 'Set rate limit' }).click()
  await expect(page).toHaveURL(/\/operate\/rate-limits\/[0-9a-f-]{36}$/)
  await expect(page.getByText('1 request a minute').first()).toBeVisible()

  await expect.poll(call, { timeout: 15_000, intervals: [50] }).toBe(429)
  await expect(page.getByRole('table', { name: 'Who runs into this rate limit' })).toContainText(name)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/calls are refused now|Refused \d+ calls?/)

  await page.getByRole('button', { name: 'Archive' }).click()
  await page.getByRole('alertdialog').getByRole('textbox').fill(name)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByText('Archived', { exact: true })).toBeVisible()
  await expect.poll(call).toBe(200)
})

test('the demonstration shows who runs into limits, and a lead sees only their team’s', async ({ signInAs }) => {
  const page = await signInAs(OPERATIONS)
  await page.goto('/operate/rate-limits')
  await expect(page.getByRole('meter', { name: 'Support chat' })).toBeVisible()
  await expect(page.getByRole('meter', { name: 'Claude Opus for everybody' })).toBeVisible()
  await page.context().clearCookies()
  const lead = await signInAs('priya.raman@northwind.example')
  await lead.goto('/operate/rate-limits')
  await expect(lead.getByRole('meter', { name: 'Support chat' })).toBeVisible()
  await expect(lead.getByRole('meter', { name: 'Claude Opus for everybody' })).toHaveCount(0)
  await expect(lead.getByRole('link', { name: 'New rate limit' })).toHaveCount(0)
})
