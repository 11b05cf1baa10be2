import { GUARDRAIL_ACTIONS, type GuardrailAction } from '#core/guardrails/decide.ts'

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
