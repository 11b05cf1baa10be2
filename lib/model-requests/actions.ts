'use server'

import { action } from '#lib/platform/action.ts'
import { createModelRequest } from './create-model-request.ts'
import { reviewModelRequest } from './review-model-request.ts'
import { withdrawModelRequest } from './withdraw-model-request.ts'

export const createModelRequestAction = action(createModelRequest)
export const reviewModelRequestAction = action(reviewModelRequest)
export const withdrawModelRequestAction = action(withdrawModelRequest)
