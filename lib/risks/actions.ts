'use server'

import { action } from '#lib/platform/action.ts'
import { assessRisk } from './assess-risk.ts'
import { closeRisk } from './close-risk.ts'
import { createRisk } from './create-risk.ts'
import { linkControl } from './link-control.ts'
import { requestAcceptance } from './request-acceptance.ts'
import { reviewRisk } from './review-risk.ts'
import { unlinkControl } from './unlink-control.ts'

export const createRiskAction = action(createRisk)
export const assessRiskAction = action(assessRisk)
export const reviewRiskAction = action(reviewRisk)
export const closeRiskAction = action(closeRisk)
export const linkControlAction = action(linkControl)
export const unlinkControlAction = action(unlinkControl)
export const requestAcceptanceAction = action(requestAcceptance)
