'use server'

import { action } from '#lib/platform/action.ts'
import { runSearch } from './queries.ts'

export const searchAction = action(runSearch)
