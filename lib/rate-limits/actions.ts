'use server'

import { action } from '#lib/platform/action.ts'
import { archiveRateLimit } from './archive-rate-limit.ts'
import { createRateLimit } from './create-rate-limit.ts'
import { updateRateLimit } from './update-rate-limit.ts'

export const createRateLimitAction = action(createRateLimit)
export const updateRateLimitAction = action(updateRateLimit)
export const archiveRateLimitAction = action(archiveRateLimit)
