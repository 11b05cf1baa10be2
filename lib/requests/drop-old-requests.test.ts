import { afterAll, beforeAll, expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { usageSummary } from '#lib/usage/queries.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { dropOldRequests } from './drop-old-requests.ts'
import { dayOf } from './keep-partitions.ts'

const DAY_MS = 86_400_000
const NOW = new Date('2026-06-30T12:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS)
const AGES = [200, 60, 1]

let removeDatabase: () => Promise<void>
let brief: TestOrganization
let patient: TestOrganization

async function retaining(days: number): Promise<TestOrganization> {
  const organization = await makeOrganization()
  const settings = { requestRetentionDays: days }
  await databases().system.organization.update({ where: { id: organization.id }, data: { settings } })
  const events = AGES.map(age => makeRequestEvent(organization.id, { occurredAt: daysAgo(age).toISOString() }))
  await recordRequestEvents(events)
  return organization
}

async function agesOf({ id }: TestOrganization): Promise<number[]> {
  const rows = await databases().system.requestEvent.findMany({ where: { organizationId: id } })
  return rows.map(row => (NOW.getTime() - row.occurredAt.getTime()) / DAY_MS).sort((a, b) => b - a)
}

async function hasPartition(day: Date): Promise<boolean> {
  const name = `%${dayOf(day).replaceAll('-', '%')}%`
  const rows = await databases().system.$queryRaw<object[]>`
    select 1 from pg_inherits join pg_class c on c.oid = inhrelid
    where inhparent = 'request_events'::regclass and c.relname like ${name}`
  return rows.length > 0
}

beforeAll(async () => {
  removeDatabase = await takeOwnDatabase()
  brief = await retaining(30)
  patient = await retaining(90)
})
afterAll(() => removeDatabase?.())

test('days that nobody keeps go as whole partitions, others row by row, and the figures stay', async () => {
  const range = { from: daysAgo(300).toISOString(), to: NOW.toISOString() }
  const figures = () =>
    Promise.all(
      [brief, patient].map(async ({ admin }) => {
        const { totals, data } = await usageSummary(admin, range)
        return { totals, data }
      }),
    )
  const before = await figures()
  expect(before.map(({ totals }) => totals.requests)).toEqual([3, 3])
  expect(await Promise.all(AGES.map(age => hasPartition(daysAgo(age))))).toEqual([true, true, true])
  expect(await dropOldRequests(NOW)).toEqual({ partitions: 1, rows: 1 })
  expect(await Promise.all(AGES.map(age => hasPartition(daysAgo(age))))).toEqual([false, true, true])
  expect(await agesOf(brief)).toEqual([1])
  expect(await agesOf(patient)).toEqual([60, 1])
  expect(await figures()).toEqual(before)
  expect(await dropOldRequests(NOW)).toEqual({ partitions: 0, rows: 0 })
})
