import { uniqueName } from '../developer/issue-key.ts'
import { expect, test } from '../fixtures/test.ts'
import { ADMINISTRATOR } from '../people.ts'

interface Key {
  id: string
  key: string
}

test('a key beyond the bounds of its team is not issued, and an archived team’s keys are refused', async ({
  signInAs,
  api,
  request,
  gatewayUrl,
}) => {
  const page = await signInAs(ADMINISTRATOR)
  const name = uniqueName('Bounds')
  await page.goto('/admin/teams/new')
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('textbox', { name: 'A key lives at most' }).fill('30')
  await page.getByRole('button', { name: 'Create team' }).click()
  await expect(page.getByRole('heading', { name: `${name}, 0 people` })).toBeVisible()
  const teamId = new URL(page.url()).pathname.split('/').at(-1)

  const issue = (expiresInDays: number) => api().post<Key>('/keys', { name: 'ci', teamId, expiresInDays })
  await expect(issue(60)).rejects.toThrow(/422/)
  const { key } = await issue(30)
  const statusOf = async () => {
    const answer = await request.get(`${gatewayUrl}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
    return answer.status()
  }
  await expect.poll(statusOf).toBe(200)

  const lifetime = page.getByRole('textbox', { name: 'A key lives at most' })
  await lifetime.fill('0')
  await page.getByRole('button', { name: 'Save team' }).click()
  await expect(lifetime).toHaveAttribute('aria-invalid', 'true')
  await lifetime.fill('60')
  await page.getByRole('button', { name: 'Save team' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await issue(60)

  await page.getByRole('button', { name: 'Archive' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByRole('heading', { name: `${name} is archived` })).toBeVisible()
  await expect.poll(statusOf, { timeout: 15_000, intervals: [20] }).toBe(403)
})

test('people are put into a team, made its lead and taken out', async ({ signInAs, api }) => {
  const team = await api().post<{ id: string }>('/teams', { name: uniqueName('Members') })
  const page = await signInAs(ADMINISTRATOR)
  await page.goto(`/admin/teams/${team.id}?tab=people`)
  await page.getByRole('combobox', { name: 'Person to add' }).fill('Grace')
  await page.getByRole('option', { name: 'Grace Okafor' }).click()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const row = page.getByRole('row', { name: /Grace Okafor/ })
  await row.getByRole('combobox').click()
  await page.getByRole('option', { name: /^Lead/ }).click()
  await expect(page.getByText('Led by Grace Okafor')).toBeVisible()
  await row.getByRole('button', { name: 'Remove Grace Okafor' }).click()
  await expect(page.getByText('Nobody is in this team')).toBeVisible()
})
