'use server'

import { action } from '#lib/platform/action.ts'
import { deleteView } from './delete-view.ts'
import { saveView } from './save-view.ts'

export const saveViewAction = action(saveView)
export const deleteViewAction = action(deleteView)
