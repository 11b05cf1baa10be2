import { beforeAll, expect, test } from 'vitest'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { deleteView } from './delete-view.ts'
import { listSavedViews } from './queries.ts'
import { saveView } from './save-view.ts'
import { MAX_VIEWS } from './schema.ts'

let here: TestOrganization
let elsewhere: TestOrganization

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
})

test('a view is kept by table and name, replaced under its name, and deleted', async () => {
  const person = await here.person(['finance'])
  const input = { table: 'requests', name: 'Errors', query: 'status=500' }
  const view = await saveView({ ctx: person, input })
  const again = await saveView({ ctx: person, input: { ...input, query: 'status=429' } })
  expect(again).toEqual({ ...view, query: 'status=429' })
  expect(await listSavedViews(person, 'requests')).toEqual([again])
  expect(await listSavedViews(person, 'keys')).toEqual([])
  await deleteView({ ctx: person, input: { id: view.id } })
  expect(await listSavedViews(person, 'requests')).toEqual([])
})

test('a table holds a number of views and no more', async () => {
  const person = await here.person(['finance'])
  for (let count = 0; count < MAX_VIEWS; count++) {
    await saveView({ ctx: person, input: { table: 'keys', name: `View ${count}`, query: '' } })
  }
  const attempt = saveView({ ctx: person, input: { table: 'keys', name: 'One more', query: '' } })
  await expect(attempt).rejects.toMatchObject({ kind: 'conflict' })
})

test('a view is one’s own: for others it does not exist, and a token has none', async () => {
  const input = { table: 'requests', name: 'Mine', query: '' }
  const { id } = await saveView({ ctx: await here.person(['developer']), input })
  for (const ctx of [here.admin, elsewhere.admin, here.serviceToken(['organization.manage'])]) {
    await expect(deleteView({ ctx, input: { id } })).rejects.toMatchObject({ kind: 'not_found' })
    expect(await listSavedViews(ctx, 'requests')).toEqual([])
  }
  const token = here.serviceToken(['organization.manage'])
  await expect(saveView({ ctx: token, input })).rejects.toMatchObject({ kind: 'permission_denied' })
  const wrong = saveView({ ctx: here.admin, input: { ...input, table: '../etc' } })
  await expect(wrong).rejects.toMatchObject({ fields: [{ field: 'table' }] })
})
