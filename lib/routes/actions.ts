'use server'

import { action } from '#lib/platform/action.ts'
import { archiveRoute } from './archive-route.ts'
import { createRoute } from './create-route.ts'
import { explainRouting } from './explain-routing.ts'
import { restoreRoute } from './restore-route.ts'
import { updateRoute } from './update-route.ts'

export const createRouteAction = action(createRoute)
export const updateRouteAction = action(updateRoute)
export const archiveRouteAction = action(archiveRoute)
export const restoreRouteAction = action(restoreRoute)
export const explainRoutingAction = action(explainRouting)
