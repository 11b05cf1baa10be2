'use server'

import { action } from '#lib/platform/action.ts'
import { createWorkload } from './create-workload.ts'
import { requestTransition } from './request-transition.ts'
import { reviewWorkload } from './review-workload.ts'
import { updateWorkload } from './update-workload.ts'

export const createWorkloadAction = action(createWorkload)
export const updateWorkloadAction = action(updateWorkload)
export const requestTransitionAction = action(requestTransition)
export const reviewWorkloadAction = action(reviewWorkload)
