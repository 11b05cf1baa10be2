import { newId } from '#core/ids.ts'
import { setPolicy } from '#lib/approvals/set-policy.ts'
import { addItem } from '#lib/board/agenda-items.ts'
import { appointMember } from '#lib/board/appoint-member.ts'
import { decideItem } from '#lib/board/decide-item.ts'
import type { MeetingDto, RecordedDto } from '#lib/board/dto.ts'
import { attendMeeting, openMeeting } from '#lib/board/hold-meeting.ts'
import { scheduleMeeting } from '#lib/board/schedule-meeting.ts'
import { setCharter } from '#lib/board/set-charter.ts'
import { putMotion, voteOnItem } from '#lib/board/vote-on-item.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { requestIncrease } from '#lib/budgets/request-increase.ts'
import type { Context } from '#lib/platform/context.ts'
import { makeOrganization, type TestOrganization } from './organization.ts'

export const CHARTER = {
  name: 'AI review board',
  purpose: 'Decides on models, exemptions and spend.',
  votingRule: 'simple_majority',
  quorum: { kind: 'majority' },
  cadence: { every: 'month', weekday: 1, week: 2, time: '14:00', timeZone: 'Europe/Warsaw', minutes: 60 },
} as const

export interface TestBoard {
  organization: TestOrganization
  chair: Context
  secretary: Context
  member: Context
  /** A meeting in session with these people there. */
  session(present?: readonly Context[]): Promise<MeetingDto>
  /** A proposal on the agenda of a meeting, its motion put. */
  motion(meetingId: string): Promise<string>
  vote(itemId: string, voter: Context, vote: string, reason?: string): Promise<unknown>
  decide(itemId: string, more?: object): Promise<RecordedDto>
  /** A budget of 100 dollars, and a request for 150 that waits for Finance or the board. */
  askForIncrease(asker?: Context): Promise<{ id: string; budgetId: string }>
}

/** An organization with a review board of three voting members; budget increases are put before it. */
export async function makeBoard(): Promise<TestBoard> {
  const organization = await makeOrganization()
  const { admin } = organization
  const [chair, secretary, member] = [
    await organization.person(['board_member']),
    await organization.person(['board_member']),
    await organization.person(['board_member', 'finance']),
  ]
  await setCharter({ ctx: admin, input: CHARTER })
  for (const [ctx, role] of [
    [chair, 'chair'] as const,
    [secretary, 'secretary'] as const,
    [member, 'member'] as const,
  ]) {
    await appointMember({ ctx: admin, input: { personId: ctx.actor.id, role } })
  }
  const steps = [{ name: 'Finance or the board', approvers: { roles: ['finance', 'board_member'] } }]
  // As long as may be: other suites let time pass for every organization.
  const policy = { steps, expiresAfterHours: 24 * 90 }
  await setPolicy({ ctx: admin, input: { kind: 'budget_increase', policy, reason: 'The board decides' } })
  const vote: TestBoard['vote'] = (id, ctx, how, reason = '') => voteOnItem({ ctx, input: { id, vote: how, reason } })
  return {
    ...{ organization, chair, secretary, member, vote },
    async session(present = [chair, secretary, member]) {
      const meeting = await scheduleMeeting({ ctx: secretary, input: {} })
      await openMeeting({ ctx: secretary, input: { id: meeting.id } })
      for (const ctx of present) await attendMeeting({ ctx, input: { id: meeting.id, present: true } })
      return meeting
    },
    async motion(meetingId) {
      const item = await addItem({ ctx: secretary, input: { id: meetingId, title: `Proposal ${newId()}` } })
      await putMotion({ ctx: secretary, input: { id: item.id } })
      return item.id
    },
    decide: (id, more = {}) => decideItem({ ctx: secretary, input: { id, rationale: 'It was argued well', ...more } }),
    async askForIncrease(asker = admin) {
      const window = { kind: 'month', timeZone: 'UTC' }
      const fields = { name: newId(), scope: 'team', target: organization.teamId, window, limitUsd: '100' }
      const budget = await createBudget({ ctx: admin, input: fields })
      const wanted = { id: budget.id, limitUsd: '150', reason: 'a launch' }
      return { id: (await requestIncrease({ ctx: asker, input: wanted })).id, budgetId: budget.id }
    },
  }
}
