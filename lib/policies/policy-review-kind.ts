import type { ApprovalKind } from '#lib/approvals/approval-kind.ts'
import { DecisionSnapshot, decisionHref, describeDecision, POLICY_REVIEW, snapshotNow } from './decision-snapshot.ts'
import { passReview } from './pass-review.ts'
import { turnDownVersion } from './turn-down-version.ts'

/** Legal reads a version of a policy. Approval puts it before the sponsor. */
export const policyReviewKind: ApprovalKind = {
  id: POLICY_REVIEW,
  title: 'Legal review of a policy',
  policy: {
    steps: [
      {
        name: 'Legal',
        approvers: { roles: ['legal'] },
        escalateAfterHours: 24 * 7,
        escalateTo: { roles: ['administrator'] },
      },
    ],
    expiresAfterHours: 24 * 30,
  },
  describe: describeDecision,
  href: ({ snapshot }) => decisionHref(snapshot),
  current: (tx, ctx, { snapshot }) => snapshotNow(tx, ctx, snapshot, 'in_review'),
  async carryOut(tx, ctx, request) {
    const { policyId, policy, versionId, number } = DecisionSnapshot.parse(request.snapshot)
    await passReview(tx, ctx, request, versionId)
    return { kind: 'policy', id: policyId, name: `${policy}, version ${number}`, href: `/govern/policies/${policyId}` }
  },
  async turnDown(tx, ctx, { snapshot }) {
    await turnDownVersion(tx, ctx, DecisionSnapshot.parse(snapshot).versionId, 'Legal review ended without a yes')
  },
}
