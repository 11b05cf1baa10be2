'use server'

import { action } from '#lib/platform/action.ts'
import { createTier } from './create-tier.ts'
import { updateTier } from './update-tier.ts'

export const createTierAction = action(createTier)
export const updateTierAction = action(updateTier)
