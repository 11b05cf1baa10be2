'use server'

import { action } from '#lib/platform/action.ts'
import { archiveBudget } from './archive-budget.ts'
import { createBudget } from './create-budget.ts'
import { requestIncrease } from './request-increase.ts'
import { updateBudget } from './update-budget.ts'

export const createBudgetAction = action(createBudget)
export const updateBudgetAction = action(updateBudget)
export const archiveBudgetAction = action(archiveBudget)
export const requestIncreaseAction = action(requestIncrease)
