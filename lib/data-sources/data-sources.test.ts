import { expect, test } from 'vitest'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { archiveDataSource } from './archive-data-source.ts'
import { createDataSource } from './create-data-source.ts'
import { dataCoverage, listDataSources } from './queries.ts'
import { updateDataSource } from './update-data-source.ts'

async function organization() {
  const org = await makeOrganization()
  await installGuardrails({ ctx: org.admin, input: {} })
  return org
}

test('a data source is registered, published, changed, and taken out of use', async () => {
  const { admin, id: organizationId } = await organization()
  const input = { name: 'HR files', tier: 'Restricted', systems: ['Workday'], workloads: ['hr-chat'], regions: ['eu'] }
  const made = await createDataSource({ ctx: admin, input })
  expect(made).toMatchObject({ slug: 'hr-files', keys: 0, ownerName: null })
  const where = { organizationId, kind: 'data_source', id: made.id }
  const published = await databases().system.gatewayConfig.findFirstOrThrow({ where })
  expect(published.doc).toEqual({
    slug: 'hr-files',
    name: 'HR files',
    tier: 'Restricted',
    regions: ['eu'],
    workloads: ['hr-chat'],
  })
  const changed = await updateDataSource({ ctx: admin, input: { id: made.id, tier: 'Internal' } })
  expect(changed).toMatchObject({ tier: 'Internal', systems: ['Workday'] })
  await archiveDataSource({ ctx: admin, input: { id: made.id } })
  expect(await listDataSources(admin)).toEqual([])
  expect(await databases().system.gatewayConfig.findFirstOrThrow({ where })).toMatchObject({ deleted: true })
})

test('a tier or an owner that there is not is refused by name', async () => {
  const { admin } = await organization()
  const stranger = (await makeOrganization()).admin
  const create = (facts: object) => createDataSource({ ctx: admin, input: { name: 'x', tier: 'Public', ...facts } })
  await expect(create({ tier: 'Cosmic' })).rejects.toMatchObject({ kind: 'invalid_input' })
  await expect(create({ ownerId: stranger.actor.id })).rejects.toMatchObject({ kind: 'invalid_input' })
  await expect(create({ retention: 3 })).rejects.toMatchObject({ kind: 'invalid_input' })
})

test('one that a key is tied to stays, and a stranger reaches none', async () => {
  const { admin, teamId, person } = await organization()
  const made = await createDataSource({ ctx: admin, input: { name: 'Ledger', tier: 'Internal' } })
  const { id: keyId } = await issueKey({ ctx: admin, input: { name: 'k', teamId, dataSourceIds: [made.id] } })
  const document = await databases().system.gatewayConfig.findFirstOrThrow({ where: { kind: 'key', id: keyId } })
  expect(document.doc).toMatchObject({ dataSourceIds: [made.id] })
  await expect(archiveDataSource({ ctx: admin, input: { id: made.id } })).rejects.toMatchObject({ kind: 'conflict' })
  expect((await listDataSources(admin))[0]?.keys).toBe(1)
  const stranger = await organization()
  const attempt = { id: made.id, name: 'Mine' }
  await expect(updateDataSource({ ctx: stranger.admin, input: attempt })).rejects.toMatchObject({ kind: 'not_found' })
  const theirs = { name: 'k', teamId: stranger.teamId, dataSourceIds: [made.id] }
  await expect(issueKey({ ctx: stranger.admin, input: theirs })).rejects.toMatchObject({ kind: 'invalid_input' })
  const developer = await person(['developer'])
  await expect(updateDataSource({ ctx: developer, input: attempt })).rejects.toMatchObject({
    kind: 'permission_denied',
  })
})

test('coverage counts the workloads that some data source names', async () => {
  const { admin, id, teamId } = await organization()
  await createDataSource({ ctx: admin, input: { name: 'Tickets', tier: 'Internal', workloads: ['triage'] } })
  const seen = ['triage', 'drafts', 'drafts'].map(workload => makeRequestEvent(id, { teamId, workload }))
  await recordRequestEvents(seen)
  expect(await dataCoverage(admin)).toEqual({
    ...{ seen: 2, covered: 1, uncovered: ['drafts'] },
    ...{ requests: 3, withDataSource: 1, withTier: 1 },
    ...{ withoutOwner: 1, withoutReview: 1, systems: [] },
  })
})
