import { uniqueName } from '../developer/issue-key.ts'
import { expect, test } from '../fixtures/test.ts'
import { SECURITY } from '../people.ts'

test('a record is found by a part of its name, and Enter goes there', async ({ signInAs, api }) => {
  const title = uniqueName('found-by-name')
  const risk = await api().post<{ id: string }>('/risks', {
    ...{ title, category: 'data', description: 'A risk to be found', treatment: 'mitigate', plan: 'Find it' },
    ...{ likelihood: 2, impact: 2, residualLikelihood: 1, residualImpact: 1 },
    reviewAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  })
  const page = await signInAs(SECURITY)
  await page.goto('/')
  const palette = page.getByRole('dialog', { name: 'Search or jump to' })
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(palette).toBeVisible({ timeout: 2_000 })
  }).toPass()
  const field = palette.getByPlaceholder('Go to a page, find a record, act')
  await field.fill('nothing has this name')
  await expect(palette.getByText('Nothing found. Try a name, an id or a verb.')).toBeVisible()
  await field.fill(title)
  await expect(palette.getByRole('option', { name: title })).toBeVisible()
  await field.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/govern/risks/${risk.id}`))
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title)
})
