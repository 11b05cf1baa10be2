import { formatAtLeast, formatCount } from '#components/format.ts'
import type { Tone } from '#components/ui/badge.tsx'
import type { ApprovalDto } from '#lib/approvals/dto.ts'
import type { ApprovalState } from '#lib/approvals/schema.ts'

export const STATES: Readonly<Record<ApprovalState, { label: string; tone: Tone }>> = {
  pending: { label: 'Waits', tone: 'warn' },
  approved: { label: 'Approved', tone: 'ok' },
  rejected: { label: 'Rejected', tone: 'bad' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
  expired: { label: 'Expired', tone: 'neutral' },
  voided: { label: 'Void', tone: 'neutral' },
}

export const RISKS: Readonly<Record<ApprovalDto['risk'], { label: string; tone: Tone }>> = {
  low: { label: 'Low risk', tone: 'ok' },
  medium: { label: 'Usual risk', tone: 'neutral' },
  high: { label: 'High risk', tone: 'warn' },
}

/** Reasons that are given often, for a press instead of typing. */
export const REJECTION_REASONS = [
  'More is asked for than the purpose needs',
  'The reason does not say what it is for',
  'Ask again with an end date',
  'This is decided elsewhere; see the comment',
] as const

export type ApprovalView = 'waiting' | 'asked' | 'decided' | 'all'

/** The page's answer in a sentence. */
export function headline(view: ApprovalView, waiting: { count: number; more: boolean }): string {
  const { count, more } = waiting
  if (view === 'waiting') {
    if (count === 0) return 'Nothing waits for you'
    if (more) return `${formatAtLeast(waiting)} requests wait for you`
    return `${formatCount(count, 'request')} ${count === 1 ? 'waits' : 'wait'} for you`
  }
  if (view === 'asked') return count === 0 ? 'You have asked for nothing' : 'What you asked for'
  if (view === 'decided') return count === 0 ? 'You have decided nothing yet' : 'What you decided'
  return count === 0 ? 'No requests' : 'All requests you may see'
}

/** Requests by the rule that asked for a decision, in the order they come. */
export function byRule(rows: readonly ApprovalDto[]): { key: string; title: string; rows: ApprovalDto[] }[] {
  const groups = Map.groupBy(rows, ({ kind, rule }) => `${kind}\n${rule}`)
  return [...groups].map(([key, group]) => ({ key, title: groupTitle(group), rows: group }))
}

/** Whether requests can be decided together: all of one rule, so that one reason fits. */
export function areOfOneRule(rows: readonly ApprovalDto[]): boolean {
  return byRule(rows).length === 1
}

/** The kind and its rule; the rule alone where it begins with the kind’s own word. */
function groupTitle([first]: readonly ApprovalDto[]): string {
  if (!first) return ''
  const { kindTitle, rule } = first
  const [word = '', ruleWord] = [kindTitle.split(' ')[0], rule.split(' ')[0]]
  return word === ruleWord ? rule : `${kindTitle}: ${rule}`
}
