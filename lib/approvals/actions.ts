'use server'

import { action } from '#lib/platform/action.ts'
import { commentOnApproval } from './comment-on-approval.ts'
import { approveRequest, rejectRequest } from './decide-approval.ts'
import { delegateApprovals, endDelegation } from './delegate-approvals.ts'
import { extendApproval } from './extend-approval.ts'
import { setPolicy } from './set-policy.ts'
import { withdrawApproval } from './withdraw-approval.ts'

export const approveRequestAction = action(approveRequest)
export const rejectRequestAction = action(rejectRequest)
export const withdrawApprovalAction = action(withdrawApproval)
export const commentOnApprovalAction = action(commentOnApproval)
export const extendApprovalAction = action(extendApproval)
export const delegateApprovalsAction = action(delegateApprovals)
export const endDelegationAction = action(endDelegation)
export const setPolicyAction = action(setPolicy)
