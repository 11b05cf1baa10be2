import { expect, test } from 'vitest'
import { issueKey } from '#lib/keys/issue-key.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization } from '#test/organization.ts'
import { listNotices } from './queries.ts'
import { ListNoticesQuery } from './schema.ts'
import { writeExpiryNotices } from './write-expiry-notices.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

test('the holder is told once at thirty, seven and one day, however often the job runs', async () => {
  const here = await makeOrganization()
  const developer = await here.person(['developer'])
  const input = { name: 'ci', teamId: here.teamId, expiresInDays: 60 }
  const key = await issueKey({ ctx: developer, input })
  const occasions = async () => {
    const notices = await databases().system.notice.findMany({ where: { organizationId: here.id } })
    return notices.map(notice => notice.occasion.replace(key.id, 'key')).sort()
  }
  await writeExpiryNotices()
  expect(await occasions()).toEqual([])
  for (const day of [31, 31, 54, 59.5, 59.5]) await writeExpiryNotices(inDays(day))
  expect(await occasions()).toEqual(['key-expiry:key:1', 'key-expiry:key:30', 'key-expiry:key:7'])
  const { data } = await listNotices(developer, ListNoticesQuery.parse({}))
  expect(data.map(({ title }) => title)).toEqual(['ci expires in a day'])
})

test('a key without a holder is the leads’ concern, a short-lived one nobody’s', async () => {
  const here = await makeOrganization()
  const lead = await here.person(['team_lead'], { lead: true })
  const token = here.serviceToken(['keys.issue'])
  const long = await issueKey({ ctx: token, input: { name: 'service', teamId: here.teamId, expiresInDays: 40 } })
  await issueKey({ ctx: token, input: { name: 'trial', teamId: here.teamId, expiresInDays: 5 } })
  await writeExpiryNotices(inDays(20))
  const notices = await databases().system.notice.findMany({ where: { organizationId: here.id } })
  expect(notices.map(notice => [notice.personId, notice.href])).toEqual([[lead.actor.id, `/build/keys/${long.id}`]])
})
