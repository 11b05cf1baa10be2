import { expect, test } from 'vitest'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization } from '#test/organization.ts'
import { createDataSource } from './create-data-source.ts'
import { dataCoverage, dataSourceHistory, getDataSource } from './queries.ts'
import { remindOfDataSourceReviews } from './remind-of-reviews.ts'
import { reviewDataSource } from './review-data-source.ts'
import { updateDataSource } from './update-data-source.ts'

const DAY_MS = 86_400_000

test('its owner reviews a data source, is reminded of the next review, and nobody else may', async () => {
  const org = await makeOrganization()
  const { admin } = org
  await installGuardrails({ ctx: admin, input: {} })
  const owner = await org.person(['developer'])
  const { id } = await createDataSource({
    ctx: admin,
    input: { name: 'Orders', tier: 'Internal', ownerId: owner.actor.id, systems: ['SAP'], reviewEveryDays: 30 },
  })
  expect(await dataCoverage(admin)).toMatchObject({
    withoutOwner: 0,
    withoutReview: 1,
    systems: [{ name: 'SAP', sources: 1 }],
  })
  const other = await org.person(['developer'])
  await expect(reviewDataSource({ ctx: other, input: { id } })).rejects.toMatchObject({ kind: 'permission_denied' })
  const stranger = (await makeOrganization()).admin
  await expect(reviewDataSource({ ctx: stranger, input: { id } })).rejects.toMatchObject({ kind: 'not_found' })
  const reviewed = await reviewDataSource({ ctx: owner, input: { id, reason: 'Still right' } })
  expect(reviewed).toMatchObject({ reviewedByName: 'Test developer', version: 2 })
  expect(await dataCoverage(admin)).toMatchObject({ withoutReview: 0 })
  const wider = await updateDataSource({ ctx: admin, input: { id, reviewEveryDays: 60 } })
  const due = Date.parse(wider.reviewDueAt ?? '')
  expect(due - Date.parse(reviewed.reviewDueAt ?? '')).toBe(30 * DAY_MS)
  for (const days of [20, 14, 14, 0]) await remindOfDataSourceReviews(new Date(due - days * DAY_MS))
  const notices = await databases().system.notice.findMany({ where: { personId: owner.actor.id ?? '' } })
  expect(notices.map(({ title }) => title).sort()).toEqual([
    'The review of Orders is due',
    'The review of Orders is due in 14 days',
  ])
  expect((await dataSourceHistory(admin, id)).map(({ version, reason }) => [version, reason])).toEqual([
    [3, ''],
    [2, 'Still right'],
    [1, ''],
  ])
  expect(await getDataSource(admin, id)).toMatchObject({ name: 'Orders', reviewEveryDays: 60 })
})
