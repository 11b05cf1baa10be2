'use server'

import { action } from '#lib/platform/action.ts'
import { acknowledgePolicy } from './acknowledge-policy.ts'

export const acknowledgePolicyAction = action(acknowledgePolicy)
