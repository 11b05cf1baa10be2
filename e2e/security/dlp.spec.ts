import { expect, test } from '../fixtures/test.ts'

test('a finding reaches Security without its value, and Security judges it', async ({
  page,
  signInAs,
  api,
  gatewayUrl,
}) => {
  const teams = await api().get<{ data: { id: string }[] }>('/teams')
  const issued = await api().post<{ key: string }>('/keys', { name: 'dlp end to end', teamId: teams.data[0]?.id })
  const ask = async () => {
    const answer = await fetch(`${gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${issued.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'sandbox-gpt', messages: [{ role: 'user', content: 'password: Tr0ub4dor&3x' }] }),
    })
    return answer.status
  }
  // A new key reaches the gateway a moment after it is issued.
  await expect.poll(ask).toBe(403)
  const kept = async () => JSON.stringify(await api().get('/dlp-events?detector=secret&limit=20'))
  await expect.poll(kept).toContain('dlp end to end')

  const { data: people } = await api().get<{ data: { email: string; roles: string[] }[] }>('/people?limit=200')
  await signInAs(people.find(person => person.roles.includes('security'))?.email ?? '')
  await page.goto('/security/dlp?detector=secret')
  const row = page.getByRole('row').filter({ hasText: 'dlp end to end' }).first()
  await expect(row).toContainText('Block')
  await expect(page.getByRole('main')).not.toContainText('Tr0ub4dor')
  await row.getByRole('combobox').click()
  await page.getByRole('option', { name: 'False positive' }).click()
  await expect(row).toContainText('False positive')
})

test('the test bench shows what is found and what would happen', async ({ page, signInAs, api }) => {
  const { data: people } = await api().get<{ data: { email: string; roles: string[] }[] }>('/people?limit=200')
  await signInAs(people.find(person => person.roles.includes('security'))?.email ?? '')
  await page.goto('/operate/guardrails')
  await page.getByLabel('Text').fill('Charge 4111 1111 1111 1111 and write to anna@example.com')
  await page.getByRole('button', { name: 'Inspect' }).click()
  await expect(page.getByTestId('inspected').locator('mark')).toHaveCount(2)
  await expect(page.getByText('as Restricted', { exact: false })).toBeVisible()
})

test('the tiers and their effects are on one page', async ({ page, signInAs, api }) => {
  const { data: people } = await api().get<{ data: { email: string; roles: string[] }[] }>('/people?limit=200')
  await signInAs(people.find(person => person.roles.includes('security'))?.email ?? '')
  await page.goto('/govern/classification')
  for (const name of ['Public', 'Internal', 'Restricted']) {
    await expect(page.getByRole('row').filter({ hasText: name }).first()).toBeVisible()
  }
})
