import { expect, test } from '../fixtures/test.ts'
import { DEVELOPER } from '../people.ts'
import { issueKey, uniqueName } from './issue-key.ts'

/** The status with which the gateway answers a key. */
async function statusOf(gatewayUrl: string, key: string): Promise<number> {
  const answer = await fetch(`${gatewayUrl}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
  await answer.arrayBuffer()
  return answer.status
}

test('rotating shows a new key once, and both work during the grace', async ({ signInAs, gatewayUrl }) => {
  const page = await signInAs(DEVELOPER)
  const name = uniqueName('rotate')
  const old = await issueKey(page, name)
  await page.getByRole('link', { name: "Open the key's page" }).click()
  await page.getByRole('button', { name: 'Rotate' }).click()
  const dialog = page.getByRole('dialog', { name: `Rotate ${name}?` })
  await dialog.getByRole('radio', { name: '1 hour' }).click()
  await dialog.getByRole('button', { name: 'Rotate' }).click()
  const answer = page.getByRole('dialog', { name: `${name} has a new key` })
  const shown = answer.getByRole('status', { name: 'The new key' })
  await expect(shown).toHaveText(/^gh_live_/)
  const fresh = (await shown.textContent()) ?? ''
  expect(fresh).not.toBe(old)
  await expect(answer.getByText(/^Live on \d+ of \d+ gateways? after/)).toBeVisible()
  expect(await statusOf(gatewayUrl, fresh)).toBe(200)
  expect(await statusOf(gatewayUrl, old)).toBe(200)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('Rotated, in grace')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Rotate' })).toHaveCount(0)
})

test('revoking asks for the name and is refused by the gateway within a second', async ({ signInAs, gatewayUrl }) => {
  const page = await signInAs(DEVELOPER)
  const name = uniqueName('revoke')
  const key = await issueKey(page, name)
  expect(await statusOf(gatewayUrl, key)).toBe(200)
  await page.getByRole('link', { name: "Open the key's page" }).click()
  await page.getByRole('button', { name: 'Revoke' }).click()
  const dialog = page.getByRole('alertdialog', { name: `Revoke ${name}?` })
  const confirm = dialog.getByRole('button', { name: 'Revoke' })
  await expect(confirm).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('found in a repository')
  await dialog.getByRole('textbox', { name: /to confirm/ }).fill(name)
  await confirm.click()
  await expect(dialog).toHaveCount(0)
  await expect.poll(() => statusOf(gatewayUrl, key), { timeout: 15_000, intervals: [20] }).toBe(401)
  await expect(page.getByRole('heading', { name: `${name} is revoked` })).toBeVisible()
  await page.getByRole('link', { name: /^History/ }).click()
  await expect(page.getByRole('list', { name: 'History of this key' })).toContainText('found in a repository')
})
