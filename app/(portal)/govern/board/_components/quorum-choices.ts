import type { QuorumRule } from '#core/board/charter.ts'

export const QUORUM_CHOICES = [
  { value: 'majority', label: 'More than half of the members' },
  { value: '1/2', label: 'Half of the members' },
  { value: '3/5', label: 'Three fifths of the members' },
  { value: '2/3', label: 'Two thirds of the members' },
  { value: '3/4', label: 'Three quarters of the members' },
  { value: '1/1', label: 'All members' },
  { value: 'number', label: 'A number of members' },
] as const
type Choice = (typeof QUORUM_CHOICES)[number]['value']

/** The choice that says a rule; a fraction that is none of them shows as more than half. */
export function quorumChoiceOf(rule: QuorumRule): Choice {
  if (rule.kind !== 'fraction') return rule.kind
  const text = `${rule.numerator}/${rule.denominator}`
  return QUORUM_CHOICES.find(({ value }) => value === text)?.value ?? 'majority'
}

/** The rule that a choice says; a number keeps what it was. */
export function quorumOfChoice(choice: Choice, before: QuorumRule): QuorumRule {
  if (choice === 'majority') return { kind: 'majority' }
  if (choice === 'number') return { kind: 'number', members: before.kind === 'number' ? before.members : 3 }
  const [numerator = 1, denominator = 1] = choice.split('/').map(Number)
  return { kind: 'fraction', numerator, denominator }
}
