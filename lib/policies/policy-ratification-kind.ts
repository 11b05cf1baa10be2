import type { ApprovalKind } from '#lib/approvals/approval-kind.ts'
import {
  DecisionSnapshot,
  decisionHref,
  describeDecision,
  POLICY_RATIFICATION,
  snapshotNow,
} from './decision-snapshot.ts'
import { ratifyVersion } from './ratify-version.ts'
import { turnDownVersion } from './turn-down-version.ts'

/** The sponsor ratifies a version that Legal has reviewed. Approval puts it into force and asks people for it. */
export const policyRatificationKind: ApprovalKind = {
  id: POLICY_RATIFICATION,
  title: 'Ratification of a policy',
  policy: {
    steps: [{ name: 'Executive sponsor', approvers: { roles: ['executive'] } }],
    expiresAfterHours: 24 * 30,
  },
  describe: describeDecision,
  href: ({ snapshot }) => decisionHref(snapshot),
  current: (tx, ctx, { snapshot }) => snapshotNow(tx, ctx, snapshot, 'legal_reviewed'),
  async carryOut(tx, ctx, request) {
    const { policyId, policy, versionId, number } = DecisionSnapshot.parse(request.snapshot)
    await ratifyVersion(tx, ctx, request, versionId)
    return { kind: 'policy', id: policyId, name: `${policy}, version ${number}`, href: `/govern/policies/${policyId}` }
  },
  async turnDown(tx, ctx, { snapshot }) {
    await turnDownVersion(tx, ctx, DecisionSnapshot.parse(snapshot).versionId, 'Ratification ended without a yes')
  },
}
