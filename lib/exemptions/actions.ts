'use server'

import { action } from '#lib/platform/action.ts'
import { attestCondition } from './attest-condition.ts'
import { extendExemption } from './extend-exemption.ts'
import { requestExemption } from './request-exemption.ts'
import { revokeExemption } from './revoke-exemption.ts'
import { setExemptionPolicy } from './set-policy.ts'

export const requestExemptionAction = action(requestExemption)
export const extendExemptionAction = action(extendExemption)
export const revokeExemptionAction = action(revokeExemption)
export const attestConditionAction = action(attestCondition)
export const setExemptionPolicyAction = action(setExemptionPolicy)
