import { APPLIES_TO, type AppliesTo, GUARDRAIL_ACTIONS, type GuardrailAction } from '#core/guardrails/decide.ts'

/** What a rule does, as its menu and its findings say it. */
export const ACTION_WORDS: Record<GuardrailAction, string> = {
  log: 'Log',
  mask: 'Mask',
  raise: 'Raise tier',
  block: 'Block',
}

const HINTS: Record<GuardrailAction, string> = {
  log: 'Counted, and goes on.',
  mask: 'Replaced by the detector’s name; blocked where text must not change.',
  raise: 'The request counts as the most sensitive tier, so only models approved for it see it.',
  block: 'The caller gets a 403.',
}

export const ACTION_CHOICES = GUARDRAIL_ACTIONS.map(value => ({
  value,
  label: ACTION_WORDS[value],
  hint: HINTS[value],
}))

const SIDES: Record<AppliesTo, { label: string; hint: string }> = {
  request: { label: 'Requests', hint: 'Acts on what callers send; what models answer is counted.' },
  answer: { label: 'Answers', hint: 'Acts on what models answer; what callers send is counted.' },
  both: { label: 'Both', hint: 'Acts on what callers send and on what models answer.' },
}

export const SIDE_CHOICES = APPLIES_TO.map(value => ({ value, ...SIDES[value] }))

/** Where a rule acts now, for the note that says so. */
export function sideWords(appliesTo: AppliesTo): string {
  return appliesTo === 'both' ? 'acts on requests and answers' : `acts on ${appliesTo}s`
}
