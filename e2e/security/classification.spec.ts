import { uniqueName } from '../developer/issue-key.ts'
import { decideAndMeasure } from '../fixtures/enforcement.ts'
import { expect, test } from '../fixtures/test.ts'

test('a tier that is changed in the browser is enforced by the running gateway', async ({
  page,
  signInAs,
  api,
  gatewayUrl,
}, info) => {
  const portal = api()
  const name = uniqueName('Sealed').replaceAll(/[^A-Za-z0-9 _-]/g, '-')
  const tiers = await portal.get<{ data: { rank: number }[] }>('/tiers')
  const rank = Math.max(...tiers.data.map(tier => tier.rank)) + 1
  const tier = await portal.post<{ id: string }>('/tiers', { name, rank })
  const models = await portal.get<{ data: { id: string; identifier: string; tiers: string[] }[] }>('/models?limit=200')
  const model = models.data.find(one => one.identifier === 'sandbox-gpt')
  await portal.patch(`/models/${model?.id}`, { tiers: [...(model?.tiers ?? []), name] })
  const teams = await portal.get<{ data: { id: string }[] }>('/teams')
  const issued = await portal.post<{ key: string }>('/keys', { name, teamId: teams.data[0]?.id, tier: name })
  const ask = async () => {
    const answer = await fetch(`${gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${issued.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hello there' }] }),
    })
    return answer.status
  }
  await expect.poll(ask).toBe(200)

  const { data: people } = await portal.get<{ data: { email: string; roles: string[] }[] }>('/people?limit=200')
  await signInAs(people.find(person => person.roles.includes('security'))?.email ?? '')
  await page.goto('/govern/classification')
  await page.getByRole('row').filter({ hasText: name }).getByRole('button', { name: 'Change' }).click()
  await page.getByLabel('Regions').fill('ch-zurich')
  await decideAndMeasure(info, page, 'tier changed', {
    click: () => page.getByRole('button', { name: 'Save' }).click(),
    binds: async () => (await ask()) === 403,
  })
  await expect(page.getByText(`${name} is in force on every gateway`)).toBeVisible()
  await portal.patch(`/models/${model?.id}`, { tiers: model?.tiers })
  expect(tier.id).not.toBe('')
})

test('a data source is registered in the browser, and a key is tied to it', async ({ page, signInAs, api }) => {
  const name = uniqueName('Ledger')
  const { data: people } = await api().get<{ data: { email: string; roles: string[] }[] }>('/people?limit=200')
  await signInAs(people.find(person => person.roles.includes('security'))?.email ?? '')
  await page.goto('/govern/classification')
  await page.getByRole('button', { name: 'Add data source' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a data source' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Systems').fill('SAP, Archive')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const row = page.getByRole('table', { name: 'Data sources' }).getByRole('row').filter({ hasText: name })
  await expect(row).toContainText('SAP, Archive')
})
