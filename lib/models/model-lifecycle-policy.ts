import type { z } from 'zod'
import type { ApprovalPolicy } from '#core/approvals/approval-policy.ts'

/** The kind of approval that lets more be done with a model. */
export const MODEL_LIFECYCLE_KIND = 'model_lifecycle'

/** The board or an approver decides; administrators may do it directly until the organization decides otherwise. */
export const modelLifecyclePolicy: z.input<typeof ApprovalPolicy> = {
  steps: [
    {
      name: 'Review board',
      approvers: { roles: ['board_member', 'approver'] },
      escalateAfterHours: 72,
      escalateTo: { roles: ['administrator'] },
    },
  ],
  direct: true,
}
