'use server'

import { action } from '#lib/platform/action.ts'
import { addGroupMapping } from './add-group-mapping.ts'
import { createSignInLink } from './create-sign-in-link.ts'
import { removeGroupMapping } from './remove-group-mapping.ts'

export const createSignInLinkAction = action(createSignInLink)
export const addGroupMappingAction = action(addGroupMapping)
export const removeGroupMappingAction = action(removeGroupMapping)
