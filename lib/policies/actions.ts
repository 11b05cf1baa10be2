'use server'

import { action } from '#lib/platform/action.ts'
import { archivePolicy } from './archive-policy.ts'
import { circulatePolicy } from './circulate-policy.ts'
import { confirmPolicy } from './confirm-policy.ts'
import { createPolicy } from './create-policy.ts'
import { linkClause } from './link-clause.ts'
import { saveDraft } from './save-draft.ts'
import { setRequirement } from './set-requirement.ts'
import { submitPolicy } from './submit-policy.ts'
import { updatePolicy } from './update-policy.ts'
import { withdrawVersion } from './withdraw-version.ts'

export const createPolicyAction = action(createPolicy)
export const updatePolicyAction = action(updatePolicy)
export const saveDraftAction = action(saveDraft)
export const submitPolicyAction = action(submitPolicy)
export const withdrawVersionAction = action(withdrawVersion)
export const circulatePolicyAction = action(circulatePolicy)
export const setRequirementAction = action(setRequirement)
export const linkClauseAction = action(linkClause)
export const confirmPolicyAction = action(confirmPolicy)
export const archivePolicyAction = action(archivePolicy)
