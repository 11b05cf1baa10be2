import { uniqueName } from '../developer/issue-key.ts'
import { expect, test } from '../fixtures/test.ts'
import { ADMINISTRATOR } from '../people.ts'

test('the fleet runs the newest version, and a publication appears by itself', async ({ signInAs, api }) => {
  const page = await signInAs(ADMINISTRATOR)
  await page.goto('/operate/gateway')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\d+ of \d+ gateways? runs? v\d+$/)
  await expect(page.getByRole('table', { name: 'Gateway replicas' })).toContainText('Ready')

  const name = uniqueName('Published')
  await api().post('/teams', { name })
  const first = page.getByRole('table', { name: 'Recent publications' }).getByRole('row', { name })
  await expect(first).toBeVisible()
  const version = (await first.getByRole('cell').first().textContent()) ?? ''
  expect(version).toMatch(/^v\d+$/)
  await first.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name: `${name}, 0 people` })).toBeVisible()
  await expect(page.getByText(/^Live on \d+ of \d+ gateway/)).toBeVisible()
})
