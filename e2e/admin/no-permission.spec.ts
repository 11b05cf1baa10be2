import { expect, test } from '../fixtures/test.ts'
import { ADMINISTRATOR, DEVELOPER } from '../people.ts'

const CLOSED: [path: string, permission: string][] = [
  ['/admin/people/new', 'people.manage'],
  ['/admin/teams/new', 'teams.manage'],
  ['/admin/sign-in', 'people.manage'],
  ['/admin/providers', 'providers.read'],
  ['/admin/providers/new', 'providers.manage'],
  ['/admin/service-tokens', 'serviceTokens.read'],
  ['/admin/service-tokens/new', 'serviceTokens.manage'],
  ['/admin/settings', 'organization.manage'],
  ['/security/audit', 'audit.read'],
]

for (const [path, permission] of CLOSED) {
  test(`a developer who opens ${path} is told which permission it takes and who gives it`, async ({ signInAs }) => {
    const page = await signInAs(DEVELOPER)
    await page.goto(path)
    const main = page.getByRole('main')
    await expect(main.getByText(permission, { exact: true })).toBeVisible()
    await expect(main).toContainText('An administrator can grant it')
  })
}

test('a developer sees people, teams and roles without the means to change them', async ({ signInAs, api }) => {
  const people = await api().get<{ data: { id: string }[] }>(`/people?search=${ADMINISTRATOR}`)
  const page = await signInAs(DEVELOPER)
  await page.goto('/admin/people')
  await expect(page.getByRole('table', { name: 'People' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Add a person' })).toHaveCount(0)
  await page.goto(`/admin/people/${people.data[0]?.id}`)
  await expect(page.getByRole('checkbox', { name: 'Administrator' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Deactivate' })).toHaveCount(0)
  await page.goto('/admin/teams')
  await expect(page.getByRole('link', { name: 'New team' })).toHaveCount(0)
  await page.goto('/admin/roles')
  await expect(page.getByRole('table', { name: 'Permissions by role' })).toBeVisible()
})
