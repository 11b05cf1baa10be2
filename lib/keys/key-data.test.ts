import { beforeAll, expect, test } from 'vitest'
import { createDataSource } from '#lib/data-sources/create-data-source.ts'
import { databases } from '#lib/platform/database.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { issueKey } from './issue-key.ts'
import { keyHistory } from './key-history.ts'
import { setKeyData } from './set-key-data.ts'

let here: TestOrganization
let elsewhere: TestOrganization
let patients: string
let ledger: string

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  await createTier({ ctx: here.admin, input: { name: 'Restricted', rank: 9 } })
  const source = (name: string) => createDataSource({ ctx: here.admin, input: { name, tier: 'Restricted' } })
  patients = (await source('Patients')).id
  ledger = (await source('Ledger')).id
})

const published = async (id: string) => {
  const { doc } = await databases().system.gatewayConfig.findFirstOrThrow({ where: { kind: 'key', id } })
  return (doc as { dataSourceIds: string[] }).dataSourceIds
}

test('whoever manages a key adds to its data, and it is published and audited', async () => {
  const developer = await here.person(['developer'])
  const { id } = await issueKey({ ctx: developer, input: { name: 'ward', teamId: here.teamId } })
  const input = { id, dataSourceIds: [patients, patients], reason: 'reads records' }
  expect((await setKeyData({ ctx: developer, input })).dataSourceIds).toEqual([patients])
  expect(await published(id)).toEqual([patients])
  const [entry] = await keyHistory(developer, id)
  expect(entry).toMatchObject({ action: 'key.data_changed', reason: 'reads records' })
  // The same again is no change.
  await setKeyData({ ctx: developer, input: { id, dataSourceIds: [patients] } })
  expect(await keyHistory(developer, id)).toHaveLength(2)
})

test('what lowers the classification of its calls needs somebody who answers for that', async () => {
  const developer = await here.person(['developer'])
  const made = { name: 'close', teamId: here.teamId, dataSourceIds: [patients, ledger] }
  const { id } = await issueKey({ ctx: developer, input: made })
  const less = { id, dataSourceIds: [ledger] }
  await expect(setKeyData({ ctx: developer, input: less })).rejects.toMatchObject({ kind: 'permission_denied' })
  expect(await published(id)).toEqual([patients, ledger])
  const security = await here.person(['security'])
  expect((await setKeyData({ ctx: security, input: less })).dataSourceIds).toEqual([ledger])
})

test('nobody else may, and data of others is none', async () => {
  const { id } = await issueKey({ ctx: here.admin, input: { name: 'ours', teamId: here.teamId } })
  const input = { id, dataSourceIds: [patients] }
  await expect(setKeyData({ ctx: elsewhere.admin, input })).rejects.toMatchObject({ kind: 'not_found' })
  const legal = await here.person(['legal'])
  await expect(setKeyData({ ctx: legal, input })).rejects.toMatchObject({ kind: 'permission_denied' })
  const theirs = await issueKey({ ctx: elsewhere.admin, input: { name: 'theirs', teamId: elsewhere.teamId } })
  const foreign = { id: theirs.id, dataSourceIds: [patients] }
  await expect(setKeyData({ ctx: elsewhere.admin, input: foreign })).rejects.toMatchObject({ kind: 'invalid_input' })
})
