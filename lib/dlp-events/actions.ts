'use server'

import { action } from '#lib/platform/action.ts'
import { giveFeedback } from './give-feedback.ts'

export const giveFeedbackAction = action(giveFeedback)
