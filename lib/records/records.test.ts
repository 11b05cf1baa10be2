import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { changesBetween, keepVersion } from './keep-version.ts'
import { documentAt, versionsOf } from './queries.ts'

let here: TestOrganization
let elsewhere: TestOrganization

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
})

async function keepTwo(id: string): Promise<void> {
  const record = { kind: 'example', id, name: 'Example' }
  const first = { limit: 'USD 1', state: 'in force' }
  const second = { limit: 'USD 2', state: 'in force' }
  await transact(here.admin, async tx => {
    const made = { before: null, after: first, action: 'example.made', reason: '' }
    await keepVersion(tx, here.admin, { ...record, version: 1, document: { limit: 1 }, ...made })
    const changed = { before: first, after: second, action: 'example.changed', reason: 'More is needed' }
    await keepVersion(tx, here.admin, { ...record, version: 2, document: { limit: 2 }, ...changed })
  })
}

test('each change leaves its version, its difference and its audit entry', async () => {
  const id = newId()
  await keepTwo(id)
  const versions = await transact(here.admin, tx => versionsOf(tx, here.admin, { kind: 'example', id }))
  expect(versions.map(({ version, reason, changes }) => ({ version, reason, changes }))).toEqual([
    { version: 2, reason: 'More is needed', changes: [{ field: 'limit', before: 'USD 1', after: 'USD 2' }] },
    {
      version: 1,
      reason: '',
      changes: [
        { field: 'limit', before: null, after: 'USD 1' },
        { field: 'state', before: null, after: 'in force' },
      ],
    },
  ])
  const at = (version: number) =>
    transact(here.admin, tx => documentAt(tx, here.admin, { kind: 'example', id, version }))
  expect([await at(1), await at(2), await at(3)]).toEqual([{ limit: 1 }, { limit: 2 }, null])
  const entries = await databases().system.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })
  expect(entries.map(({ action, reason }) => [action, reason])).toEqual([
    ['example.made', null],
    ['example.changed', 'More is needed'],
  ])
})

test('a version is kept once, changed by nobody, and seen by its own organization alone', async () => {
  const id = newId()
  await keepTwo(id)
  await expect(keepTwo(id)).rejects.toMatchObject({ kind: 'conflict' })
  const change = transact(here.admin, tx => tx.recordVersion.updateMany({ where: {}, data: { reason: 'Never' } }))
  await expect(change).rejects.toThrow(/permission denied/)
  const theirs = await transact(elsewhere.admin, tx => versionsOf(tx, elsewhere.admin, { kind: 'example', id }))
  expect(theirs).toEqual([])
})

test('a field that goes away is a change as well', () => {
  expect(changesBetween({ a: 'x', b: 'y' }, { a: 'x' })).toEqual([{ field: 'b', before: 'y', after: null }])
  expect(changesBetween({ a: 'x' }, { a: 'x' })).toEqual([])
})
