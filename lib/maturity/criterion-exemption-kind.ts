import { z } from 'zod'
import { findCriterion } from '#core/maturity/criteria.ts'
import type { ApprovalKind } from '#lib/approvals/approval-kind.ts'
import { writeAttestation } from './write-attestation.ts'

/** What is asked for: that a criterion need not be met for some days. */
const Snapshot = z.strictObject({ criterionId: z.string(), text: z.string(), reason: z.string(), days: z.int() })
export type CriterionExemptionSnapshot = z.infer<typeof Snapshot>

/** A criterion that does not apply here, excused for a time. Approval counts it as exempt, never as met. */
export const criterionExemptionKind: ApprovalKind = {
  id: 'criterion_exemption',
  title: 'Excuse from a criterion',
  policy: {
    steps: [{ name: 'Review board', approvers: { roles: ['board_member'] }, quorum: 2 }],
    expiresAfterHours: 24 * 30,
  },
  describe(snapshot) {
    const { criterionId, text, reason, days } = Snapshot.parse(snapshot)
    return [
      { label: 'Criterion', before: null, after: `${criterionId}: ${text}` },
      { label: 'Why it does not apply', before: null, after: reason },
      { label: 'For', before: null, after: `${days} days` },
    ]
  },
  href: ({ snapshot }) => `/assure/maturity/${Snapshot.parse(snapshot).criterionId}`,
  async current(_tx, _ctx, { snapshot }) {
    const asked = Snapshot.parse(snapshot)
    const criterion = findCriterion(asked.criterionId)
    return criterion ? { ...asked, text: criterion.text } : null
  },
  async carryOut(tx, ctx, { id: approvalId, snapshot }) {
    const { criterionId, reason, days } = Snapshot.parse(snapshot)
    const said = { criterionId, verdict: 'exempt', statement: reason, link: '', freshDays: days, approvalId } as const
    const { id } = await writeAttestation(tx, ctx, said)
    return { kind: 'criterion_exemption', id, name: criterionId, href: `/assure/maturity/${criterionId}` }
  },
}
