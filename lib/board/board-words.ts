import type { BoardRole, Cadence, QuorumRule, Seat, VotingRule } from '#core/board/charter.ts'

export const ROLE_WORDS: Record<BoardRole, string> = { chair: 'Chair', secretary: 'Secretary', member: 'Member' }

export const VOTING_RULE_WORDS: Record<VotingRule, string> = {
  simple_majority: 'more votes for than against',
  two_thirds: 'two thirds of the votes for and against',
  unanimous: 'no vote against',
}

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const ORDINALS = ['first', 'second', 'third', 'fourth'] as const

/** "more than half of the voting members" */
export function quorumText(rule: QuorumRule): string {
  if (rule.kind === 'majority') return 'more than half of the voting members'
  if (rule.kind === 'number') return rule.members === 1 ? 'one voting member' : `${rule.members} voting members`
  return `${rule.numerator}/${rule.denominator} of the voting members`
}

/** "the second Tuesday of each month at 14:00, Europe/Warsaw" */
export function cadenceText({ every, weekday, week, time, timeZone }: Cadence): string {
  const day = WEEKDAYS[weekday] ?? ''
  const at = `at ${time}, ${timeZone}`
  if (every === 'week') return `every ${day} ${at}`
  if (every === 'two_weeks') return `every second ${day} ${at}`
  const which = `the ${ORDINALS[week - 1]} ${day}`
  return `${which} of ${every === 'month' ? 'each month' : 'each quarter'} ${at}`
}

/** "Noor de Vries (chair)" */
export function memberText({ name, role, votes }: Seat): string {
  return `${name} (${ROLE_WORDS[role].toLowerCase()}${votes ? '' : ', without a vote'})`
}

/** "10 November 2026, 14:00 (Europe/Warsaw)" */
export function meetingTime(startsAt: Date, timeZone: string): string {
  const format = { timeZone, day: 'numeric', month: 'long', year: 'numeric' } as const
  const day = new Intl.DateTimeFormat('en-GB', format).format(startsAt)
  return `${day}, ${clockTime(startsAt, timeZone)} (${timeZone})`
}

/** "14:05" */
export function clockTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
}
