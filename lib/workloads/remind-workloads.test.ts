import { expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization } from '#test/organization.ts'
import { createWorkload } from './create-workload.ts'
import { remindOfWorkloads } from './remind-workloads.ts'

const DAY_MS = 86_400_000

test('owner and lead hear of a review once an occasion, and again when it is nearer and overdue', async () => {
  const org = await makeOrganization()
  const owner = await org.person(['developer'])
  const lead = await org.person(['team_lead'], { lead: true })
  const input = { name: 'Triage', teamId: org.teamId, ownerId: owner.actor.id, reviewInDays: 40 }
  await createWorkload({ ctx: org.admin, input })
  const told = async (days: number) => {
    await remindOfWorkloads(new Date(Date.now() + days * DAY_MS))
    return databases().system.notice.count({ where: { organizationId: org.id, kind: 'workload_review' } })
  }
  expect([await told(0), await told(15), await told(15), await told(34), await told(41)]).toEqual([0, 2, 2, 4, 6])
  const notices = await databases().system.notice.findMany({ where: { organizationId: org.id } })
  expect(new Set(notices.map(({ personId }) => personId))).toEqual(new Set([owner.actor.id, lead.actor.id]))
})
