import { expect, test } from '../fixtures/test.ts'

test('without a session every page leads to sign-in, and one click signs a person of the demonstration in', async ({
  page,
  signInAs,
}) => {
  await page.goto('/home')
  await expect(page).toHaveURL(/\/sign-in/)
  await signInAs('tomas.herrera@northwind.example')
  await expect(page).toHaveURL(/\/home/)
  await expect(page.getByRole('main')).toBeVisible()
})
