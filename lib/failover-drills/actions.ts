'use server'

import { action } from '#lib/platform/action.ts'
import { startDrill } from './start-drill.ts'
import { updateDrillPlan } from './update-drill-plan.ts'

export const startDrillAction = action(startDrill)
export const updateDrillPlanAction = action(updateDrillPlan)
