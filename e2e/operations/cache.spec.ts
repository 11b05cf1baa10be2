import { uniqueName } from '../developer/issue-key.ts'
import { expect, test } from '../fixtures/test.ts'
import { DEVELOPER } from '../people.ts'

test('operations turns caching on for a workload, and the second equal call comes from the cache', async ({
  page,
  signInAs,
  api,
  gatewayUrl,
}) => {
  const workload = uniqueName('repeats')
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
  const { data: people } = await api().get<{ data: { email: string; roles: string[] }[] }>('/people?limit=200')
  await signInAs(people.find(person => person.roles.includes('operations'))?.email ?? '')
  await page.goto('/operate/cache')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^The cache answered \d+ % of what it was asked/)
  await page.getByRole('link', { name: 'New policy' }).click()
  await page.getByLabel('Name').fill(workload)
  await page.getByRole('textbox', { name: 'Workload' }).fill(workload)
  await page.getByRole('button', { name: 'Turn caching on' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${workload}: not asked in 30 days` })).toBeVisible()
  await expect(page.getByText(/^Live on \d+ of \d+ gateway/)).toBeVisible()

  const teams = await api().get<{ data: { id: string }[] }>('/teams')
  const { key } = await api().post<{ key: string }>('/keys', { name: workload, teamId: teams.data[0]?.id })
  const body = { model: 'sandbox-gpt', messages: [{ role: 'user', content: `Sort this: ${workload}` }] }
  const ask = (wish: string) =>
    fetch(`${gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'x-gatehouse-workload': workload,
        'x-gatehouse-cache': wish,
      },
      body: JSON.stringify(body),
    })
  // A new key reaches the gateway a moment after it is issued.
  await expect.poll(async () => (await ask('bypass')).status).toBe(200)
  const first = await ask('default')
  const second = await ask('default')
  expect([first, second].map(answer => answer.headers.get('x-gatehouse-cache'))).toEqual(['miss', 'hit'])
  expect(await second.text()).toBe(await first.text())

  await expect(page.getByRole('heading', { level: 1, name: `${workload}: 50 % answered from the cache` })).toBeVisible()
  await page.goto('/operate/cache')
  const row = page.getByRole('table', { name: 'Cache policies' }).getByRole('row', { name: workload })
  await expect(row).toContainText('50 %')
  await expect(row).toContainText('USD 0.00')

  await page.goto(`/operate/requests/${second.headers.get('x-request-id')}`)
  await expect(page.getByText(/^Answered, USD 0\.00\d+ saved; the answer was/)).toBeVisible()

  await page.goto('/operate/cache')
  await row.getByRole('link', { name: workload }).click()
  // The list has a button of that kind too, for everything.
  await expect(page.getByRole('heading', { level: 1, name: `${workload}: 50 %` })).toBeVisible()
  await page.getByRole('button', { name: 'Purge', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Purge' }).click()
  await expect(page.getByRole('alertdialog')).toBeHidden()
  await expect.poll(async () => (await ask('only-if-cached')).status).toBe(504)
})

test('a developer sees what the cache saves, and cannot change it', async ({ page, signInAs }) => {
  await signInAs(DEVELOPER)
  await page.goto('/operate/cache')
  await expect(page.getByRole('table', { name: 'Cache policies' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'New policy' })).toHaveCount(0)
  await expect(page.getByRole('switch', { name: 'Product search on' })).toBeDisabled()
})
