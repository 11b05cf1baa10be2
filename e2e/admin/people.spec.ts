import type { APIRequestContext } from '@playwright/test'
import { uniqueName } from '../developer/issue-key.ts'
import type { Api } from '../fixtures/api.ts'
import { PORTAL_URL } from '../fixtures/portal.ts'
import { expect, test } from '../fixtures/test.ts'
import { ADMINISTRATOR } from '../people.ts'
import { ownTeam } from './own-team.ts'

interface Person {
  id: string
  name: string
  email: string
}

/** Somebody of their own for one test, in a team, so that nobody else's test loses them. */
async function addPerson(api: Api): Promise<Person> {
  const name = uniqueName('Robin')
  const email = `${name.toLowerCase()}@northwind.example`
  return api.post<Person>('/people', { name, email, teamIds: [await ownTeam(api)] })
}

async function statusOf(request: APIRequestContext, gatewayUrl: string, key: string): Promise<number> {
  const answer = await request.get(`${gatewayUrl}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
  return answer.status()
}

test('deactivating somebody ends their session at once and their keys within a second', async ({
  signInAs,
  api,
  browser,
  request,
  gatewayUrl,
}) => {
  const person = await addPerson(api())
  const link = await api().post<{ url: string }>(`/people/${person.id}/sign-in-links`, {})
  const theirs = await browser.newPage({ baseURL: PORTAL_URL })
  await theirs.goto(link.url)
  await theirs.getByRole('button', { name: /^Sign in/ }).click()
  await theirs.waitForURL(/\/home/)
  await theirs.goto('/build/keys/new')
  await theirs.getByRole('textbox', { name: 'Name' }).fill('scripts')
  await theirs.getByRole('button', { name: 'Issue key' }).click()
  const shown = theirs.getByRole('status', { name: 'The new key' })
  await expect(shown).toHaveText(/^gh_live_/)
  const key = (await shown.textContent()) ?? ''
  await expect.poll(() => statusOf(request, gatewayUrl, key)).toBe(200)

  const page = await signInAs(ADMINISTRATOR)
  await page.goto(`/admin/people/${person.id}`)
  await page.getByRole('button', { name: 'Deactivate' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('their 1 working key')
  const confirm = dialog.getByRole('button', { name: 'Deactivate' })
  await expect(confirm).toBeDisabled()
  await dialog.getByRole('textbox', { name: /to confirm/ }).fill(person.email)
  await confirm.click()
  await expect(dialog).toHaveCount(0)
  await expect.poll(() => statusOf(request, gatewayUrl, key), { timeout: 15_000, intervals: [20] }).toBe(401)
  await expect(page.getByRole('heading', { name: `${person.name} can no longer sign in` })).toBeVisible()

  await theirs.goto('/home')
  await expect(theirs).toHaveURL(/\/sign-in/)
  await theirs.close()
})

test('an administrator adds a person, who gets in by a link that is shown once', async ({ signInAs, browser }) => {
  const page = await signInAs(ADMINISTRATOR)
  const name = uniqueName('Sam')
  await page.goto('/admin/people')
  await page.getByRole('link', { name: 'Add a person' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(`${name.toLowerCase()}@northwind.example`)
  await page.getByRole('checkbox', { name: 'Auditor' }).click()
  await page.getByRole('button', { name: 'Add person' }).click()
  await expect(page.getByRole('heading', { name: `${name}, developer and auditor` })).toBeVisible()
  await page.getByRole('button', { name: 'Sign-in link' }).click()
  await page.getByRole('button', { name: 'Make a link' }).click()
  const url = await page.getByRole('status', { name: 'The sign-in link' }).textContent()
  const theirs = await browser.newPage()
  await theirs.goto(url ?? '')
  await theirs.getByRole('button', { name: /^Sign in/ }).click()
  await theirs.waitForURL(/\/home/)
  await theirs.goto(`${PORTAL_URL}/security/audit`)
  await expect(theirs.getByRole('table', { name: 'Audit log' })).toBeVisible()
  await theirs.close()
})

test('roles are changed in place and count from then on', async ({ signInAs, api }) => {
  const person = await addPerson(api())
  const page = await signInAs(ADMINISTRATOR)
  await page.goto(`/admin/people/${person.id}`)
  await page.getByRole('checkbox', { name: 'Finance' }).click()
  await page.getByRole('button', { name: 'Save roles' }).click()
  await expect(page.getByRole('heading', { name: `${person.name}, developer and finance` })).toBeVisible()
  const stored = await api().get<{ roles: string[] }>(`/people/${person.id}`)
  expect(stored.roles).toEqual(['developer', 'finance'])
})
