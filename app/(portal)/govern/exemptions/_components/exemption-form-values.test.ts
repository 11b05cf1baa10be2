import { expect, test } from 'vitest'
import { RequestExemptionInput } from '#lib/exemptions/schema.ts'
import { EMPTY_EXEMPTION, toExemptionInput } from './exemption-form-values.ts'

const ID = '0193a000-0000-7000-8000-000000000001'
const FILLED = {
  ...EMPTY_EXEMPTION,
  ...{ title: 'Trial', target: ID, modelIds: [ID], justification: 'Why', riskText: 'Small', ends: '2026-12-01' },
}

test('what stands in the form is what the verb takes, without what another kind left behind', () => {
  const input = toExemptionInput({
    ...FILLED,
    budgetIds: [ID],
    controls: 'One\n\n Two ',
    reviewBy: '2026-11-30',
    spendCapUsd: '1,000',
  })
  expect(RequestExemptionInput.safeParse(input).success).toBe(true)
  expect(input).toMatchObject({
    budgetIds: [],
    modelIds: [ID],
    controls: ['One', 'Two'],
    spendCapUsd: '1000',
    requestCap: null,
    attestations: [{ dueAt: '2026-11-30T23:59:59Z' }],
    subject: { kind: 'team', target: ID, teamId: null },
    endsAt: '2026-12-01T23:59:59Z',
  })
  expect(toExemptionInput({ ...FILLED, subjectKind: 'workload', target: ' trial ', teamId: ID }).subject).toEqual({
    kind: 'workload',
    target: 'trial',
    teamId: ID,
  })
})
