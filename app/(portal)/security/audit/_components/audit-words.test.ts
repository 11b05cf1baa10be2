import { expect, test } from 'vitest'
import { actionText } from './audit-words.ts'

test.each([
  ['key.issued', 'issued an API key'],
  ['provider.credential_set', 'set the credential of a provider'],
  ['person.signed_in', 'signed a person in'],
  ['board_meeting.item_moved', 'moved the item of a board meeting'],
  ['exemption.requested', 'requested an exemption'],
  ['policy.legal_reviewed', 'reviewed a policy for Legal'],
])('%s reads “%s”', (action, words) => {
  expect(actionText(action)).toBe(words)
})
