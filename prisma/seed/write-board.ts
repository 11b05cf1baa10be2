import { addItem } from '#lib/board/agenda-items.ts'
import { appointMember } from '#lib/board/appoint-member.ts'
import { scheduleMeeting } from '#lib/board/schedule-meeting.ts'
import { setCharter } from '#lib/board/set-charter.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { BoardMeeting } from '#prisma/generated/client.ts'
import { tuesdayAfter } from './board-day.ts'
import { CHARTER, MEMBERS, PAST_MEETINGS, PROPOSAL, SECRETARY } from './northwind/board.ts'
import { ADMINISTRATOR } from './northwind/people.ts'
import { seededRandom } from './random.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'
import { contextOf } from './write-budgets.ts'
import type { SeededOrganization } from './write-organization.ts'
import { writePastMeeting } from './write-past-meeting.ts'

const BOARD_SEED = 120
const SEATS = 110

/** The board of the demonstration: its charter and two meetings that were held. */
export async function writeBoard(tx: Transaction, whole: Scenario, { people }: SeededOrganization): Promise<void> {
  // Randomness of its own, so that the rest of the demonstration stays as it is.
  const scenario: Scenario = { ...whole, random: seededRandom(BOARD_SEED) }
  const ctx = contextOf(tx, scenario, demand(people, ADMINISTRATOR), [], SEATS)
  await setCharter({ ctx, input: { ...CHARTER, reason: 'Founded by the working group' } })
  for (const { name, role } of MEMBERS) {
    const startsAt = new Date(scenario.now - SEATS * DAY_MS).toISOString()
    await appointMember({ ctx, input: { personId: demand(people, name).id, role, startsAt } })
  }
  let before: BoardMeeting | null = null
  for (const [at, past] of PAST_MEETINGS.entries()) {
    before = await writePastMeeting(tx, scenario, people, { past, number: at + 1, before })
  }
  await forgetReminders(tx, scenario)
}

/** The meeting after today with what waits for the board by now: written when everything that waits is there. */
export async function writeNextMeeting(
  tx: Transaction,
  scenario: Scenario,
  { people }: SeededOrganization,
): Promise<void> {
  const secretary = contextOf(tx, scenario, demand(people, SECRETARY), [])
  const startsAt = new Date(tuesdayAfter(scenario.now + 3 * DAY_MS)).toISOString()
  const next = await scheduleMeeting({ ctx: secretary, input: { startsAt, location: 'Amsterdam, room Vermeer' } })
  await addItem({ ctx: secretary, input: { id: next.id, ...PROPOSAL } })
  await forgetReminders(tx, scenario)
}

/** Nobody reminds the people of a demonstration of what it has just made up. */
async function forgetReminders(tx: Transaction, scenario: Scenario): Promise<void> {
  await tx.notice.deleteMany({ where: { organizationId: scenario.organizationId, kind: { startsWith: 'board_' } } })
}
