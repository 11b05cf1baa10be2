import { acknowledgementOperations } from '#lib/acknowledgements/operations.ts'
import { annotationOperations } from '#lib/annotations/operations.ts'
import { approvalOperations } from '#lib/approvals/operations.ts'
import { artifactOperations } from '#lib/artifacts/operations.ts'
import { auditOperations } from '#lib/audit-log/operations.ts'
import { boardDecisionOperations } from '#lib/board/decision-operations.ts'
import { boardMeetingOperations } from '#lib/board/meeting-operations.ts'
import { briefOperations } from '#lib/briefs/operations.ts'
import { budgetOperations } from '#lib/budgets/operations.ts'
import { cacheOperations } from '#lib/cache/operations.ts'
import { consistencyOperations } from '#lib/consistency/operations.ts'
import { contentLogOperations } from '#lib/content-log/operations.ts'
import { dataSourceOperations } from '#lib/data-sources/operations.ts'
import { deploymentOperations } from '#lib/deployments/operations.ts'
import { detectorOperations } from '#lib/detectors/operations.ts'
import { dlpEventOperations } from '#lib/dlp-events/operations.ts'
import { exemptionOperations } from '#lib/exemptions/operations.ts'
import { failoverDrillOperations } from '#lib/failover-drills/operations.ts'
import { failoverOperations } from '#lib/failovers/operations.ts'
import { replicaOperations } from '#lib/gateway-fleet/operations.ts'
import { keyOperations } from '#lib/keys/operations.ts'
import { maturityOperations } from '#lib/maturity/operations.ts'
import { modelRequestOperations } from '#lib/model-requests/operations.ts'
import { modelOperations } from '#lib/models/operations.ts'
import { notificationChannelOperations } from '#lib/notification-channels/operations.ts'
import { notificationPreferenceOperations } from '#lib/notification-preferences/operations.ts'
import { organizationOperations } from '#lib/organizations/operations.ts'
import { ownModelOperations } from '#lib/own-models/operations.ts'
import { peopleOperations } from '#lib/people/operations.ts'
import type { Operation } from '#lib/platform/operation.ts'
import { policyOperations } from '#lib/policies/operations.ts'
import { providerOperations } from '#lib/providers/operations.ts'
import { rateLimitOperations } from '#lib/rate-limits/operations.ts'
import { requestOperations } from '#lib/requests/operations.ts'
import { riskOperations } from '#lib/risks/operations.ts'
import { routeOperations } from '#lib/routes/operations.ts'
import { serviceTokenOperations } from '#lib/service-tokens/operations.ts'
import { signInOperations } from '#lib/sign-in/operations.ts'
import { teamOperations } from '#lib/teams/operations.ts'
import { tierOperations } from '#lib/tiers/operations.ts'
import { usageOperations } from '#lib/usage/operations.ts'
import { workloadOperations } from '#lib/workloads/operations.ts'

/** Every operation of the REST API. The dispatcher, the OpenAPI document and the attack suite all read this list. */
export const operations: readonly Operation[] = [
  ...organizationOperations,
  ...peopleOperations,
  ...teamOperations,
  ...signInOperations,
  ...serviceTokenOperations,
  ...providerOperations,
  ...modelOperations,
  ...modelRequestOperations,
  ...ownModelOperations,
  ...keyOperations,
  ...budgetOperations,
  ...approvalOperations,
  ...boardMeetingOperations,
  ...boardDecisionOperations,
  ...exemptionOperations,
  ...riskOperations,
  ...notificationChannelOperations,
  ...notificationPreferenceOperations,
  ...rateLimitOperations,
  ...usageOperations,
  ...requestOperations,
  ...replicaOperations,
  ...routeOperations,
  ...workloadOperations,
  ...briefOperations,
  ...deploymentOperations,
  ...failoverOperations,
  ...failoverDrillOperations,
  ...tierOperations,
  ...dataSourceOperations,
  ...policyOperations,
  ...acknowledgementOperations,
  ...detectorOperations,
  ...cacheOperations,
  ...dlpEventOperations,
  ...contentLogOperations,
  ...maturityOperations,
  ...consistencyOperations,
  ...artifactOperations,
  ...annotationOperations,
  ...auditOperations,
]
