import { expect, test } from 'vitest'
import { ROLES } from '#core/permissions.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization } from '#test/organization.ts'
import { listRoles } from './queries.ts'

test('roles count the active people of one organization', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const gone = await here.person(['finance'])
  await here.person(['finance', 'legal'])
  await elsewhere.person(['finance'])
  await databases().system.person.update({ where: { id: gone.actor.id ?? '' }, data: { status: 'deactivated' } })
  const roles = await listRoles(here.admin)
  expect(roles.map(role => role.role)).toEqual(Object.keys(ROLES))
  const counted = Object.fromEntries(roles.map(({ role, people }) => [role, people]))
  expect(counted).toMatchObject({ administrator: 1, finance: 1, legal: 1, developer: 0 })
  expect(() => listRoles(here.serviceToken([]))).toThrow(/people.read/)
})
