'use server'

import { action } from '#lib/platform/action.ts'
import { archiveDataSource } from './archive-data-source.ts'
import { createDataSource } from './create-data-source.ts'
import { reviewDataSource } from './review-data-source.ts'
import { updateDataSource } from './update-data-source.ts'

export const createDataSourceAction = action(createDataSource)
export const updateDataSourceAction = action(updateDataSource)
export const reviewDataSourceAction = action(reviewDataSource)
export const archiveDataSourceAction = action(archiveDataSource)
