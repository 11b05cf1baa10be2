'use server'

import { action } from '#lib/platform/action.ts'
import { setPreferences } from './set-preferences.ts'

export const setPreferencesAction = action(setPreferences)
