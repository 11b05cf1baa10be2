'use server'

import { action } from '#lib/platform/action.ts'
import { removeDemo } from './remove-demo.ts'
import { updateOrganization } from './update-organization.ts'

export const updateOrganizationAction = action(updateOrganization)
export const removeDemoAction = action(removeDemo)
