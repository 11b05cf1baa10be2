'use server'

import { action } from '#lib/platform/action.ts'
import { createBrief } from './create-brief.ts'
import { discardBrief } from './discard-brief.ts'
import { saveBrief } from './save-brief.ts'
import { submitBrief } from './submit-brief.ts'

export const createBriefAction = action(createBrief)
export const saveBriefAction = action(saveBrief)
export const submitBriefAction = action(submitBrief)
export const discardBriefAction = action(discardBrief)
