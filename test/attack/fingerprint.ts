import { databases } from '#lib/platform/database.ts'

/** Every change writes an audit entry, and those the gateway must know a configuration document. */
export async function fingerprint(organizationId: string): Promise<string> {
  const { system } = databases()
  const where = { organizationId }
  const counts = [
    await system.auditEntry.count({ where }),
    await system.apiKey.count({ where }),
    await system.serviceToken.count({ where }),
    await system.person.count({ where }),
    await system.membership.count({ where }),
    await system.groupMapping.count({ where }),
    await system.signInLink.count({ where }),
    await system.model.count({ where }),
    await system.modelPrice.count({ where }),
    await system.modelRequest.count({ where }),
    await system.modelSigner.count({ where }),
    await system.modelVersion.count({ where }),
    await system.keyRequest.count({ where }),
    await system.tier.count({ where }),
    await system.guardrail.count({ where }),
    await system.dataSource.count({ where }),
    await system.dlpEvent.count({ where: { ...where, feedback: { not: null } } }),
    await system.cachePolicy.count({ where }),
    await system.contentKey.count({ where }),
    await system.contentAudit.count({ where }),
    await system.budget.count({ where }),
    await system.rateLimit.count({ where }),
    await system.route.count({ where }),
    await system.failoverDrill.count({ where }),
    await system.failoverDrillPlan.count({ where }),
    await system.exemption.count({ where }),
    await system.risk.count({ where }),
    await system.annotation.count({ where }),
    await system.riskControl.count({ where }),
    await system.workload.count({ where }),
    await system.brief.count({ where }),
    await system.approvalRequest.count({ where }),
    await system.approvalVote.count({ where }),
    await system.approvalComment.count({ where }),
    await system.approvalDelegation.count({ where }),
    await system.approvalPolicyVersion.count({ where }),
    await system.boardMember.count({ where }),
    await system.boardItem.count({ where }),
    await system.boardStay.count({ where }),
    await system.boardVote.count({ where }),
    await system.boardMinutesComment.count({ where }),
    await system.boardMinutesApproval.count({ where }),
    await system.boardCalendarLink.count({ where }),
    await system.policy.count({ where: { ...where, draftRevision: 1 } }),
    await system.policyVersion.count({ where }),
    await system.policyAcknowledgement.count({ where }),
    await system.notificationChannel.count({ where }),
    // What delivering itself writes is nobody's doing: another suite may work off everybody's.
    await system.notificationDelivery.count({ where: { ...where, kind: { not: 'channel_failing' } } }),
    await system.notificationPreference.count({ where }),
    await system.recordVersion.count({ where }),
    await system.maturityAttestation.count({ where: { ...where, withdrawnAt: null } }),
    await system.maturityAnswer.count({ where }),
  ]
  const { _max } = await system.gatewayConfig.aggregate({ where, _max: { version: true } })
  return [...counts, _max.version].join(' ')
}
