import { expect, test } from '../fixtures/test.ts'
import { DEVELOPER, LEGAL } from '../people.ts'

test('an answer streams in, with its tokens, and leads to its request', async ({ signInAs }) => {
  const page = await signInAs(DEVELOPER)
  await page.goto('/build/playground')
  await page.getByRole('textbox', { name: 'Message' }).fill('Say hello')
  await page.keyboard.press('Enter')
  const figures = page.getByRole('list', { name: 'Messages' }).getByRole('status')
  await expect(figures).toContainText(/\d+ tokens in/)
  await expect(figures).toContainText(/first token after/)
  const request = figures.getByRole('link', { name: /^request/ })
  await expect(request).toHaveAttribute('href', /\/operate\/requests\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: 'Show code' }).click()
  await expect(page.getByText('This conversation with curl')).toBeVisible()
})

test('a role without the permission is told which one it takes', async ({ signInAs }) => {
  const page = await signInAs(LEGAL)
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Playground' })).toHaveCount(0)
  await page.goto('/build/playground')
  await expect(page.getByText('playground.use')).toBeVisible()
})
