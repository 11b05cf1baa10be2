import { expect, type Page } from '@playwright/test'
import { type OidcPortal, test } from '../fixtures/oidc-portal.ts'

async function signIn(page: Page, { url }: OidcPortal, account: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByRole('button', { name: 'Continue with Acme login' }).click()
  await page.getByRole('button', { name: account }).click()
}

/** Maria as the portal itself shows her to her own session. */
async function maria(page: Page, { url }: OidcPortal) {
  const response = await page.request.get(`${url}/api/v1/people?search=maria@acme.example`)
  expect(response.status()).toBe(200)
  return (await response.json()).data[0]
}

test.describe.configure({ mode: 'serial' })

test('a mapped group brings somebody in with team and role', async ({ page, oidcPortal }) => {
  await signIn(page, oidcPortal, 'Maria Oliveira')
  await page.waitForURL(`${oidcPortal.url}/home`)
  expect(await maria(page, oidcPortal)).toMatchObject({
    name: 'Maria Oliveira',
    roles: ['developer'],
    teams: [{ name: 'Platform', kind: 'member', fromGroup: 'engineers' }],
  })
})

test('a group that is gone takes its team and role away at the next sign-in', async ({ page, oidcPortal }) => {
  Object.assign(oidcPortal.provider.accounts.get('maria') ?? {}, { groups: [] })
  await signIn(page, oidcPortal, 'Maria Oliveira')
  await page.waitForURL(`${oidcPortal.url}/home`)
  expect(await maria(page, oidcPortal)).toMatchObject({ roles: [], teams: [] })
})

test('somebody without a mapped group is told whom to ask', async ({ page, oidcPortal }) => {
  await signIn(page, oidcPortal, 'Viktor Novák')
  await expect(page.getByText('Ask an administrator of your organization to add you')).toBeVisible()
  await page.goto(`${oidcPortal.url}/home`)
  await expect(page).toHaveURL(/\/sign-in/)
})

test('signing out ends the session in this browser', async ({ page, oidcPortal }) => {
  await signIn(page, oidcPortal, 'Maria Oliveira')
  await page.waitForURL(`${oidcPortal.url}/home`)
  await page.goto(`${oidcPortal.url}/sign-out`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(`${oidcPortal.url}/sign-in`)
  const response = await page.request.get(`${oidcPortal.url}/api/v1/people`)
  expect(response.status()).toBe(401)
})

test('next-auth’s other routes stay shut', async ({ request, oidcPortal }) => {
  for (const route of ['session', 'signout', '_log']) {
    expect((await request.get(`${oidcPortal.url}/api/auth/${route}`)).status()).toBe(404)
    expect((await request.post(`${oidcPortal.url}/api/auth/${route}`)).status()).toBe(404)
  }
})
