'use server'

import { action } from '#lib/platform/action.ts'
import { addModelPrice } from './add-model-price.ts'
import { applyPriceImport } from './apply-price-import.ts'
import { changeModelLifecycle } from './change-model-lifecycle.ts'
import { createModel } from './create-model.ts'
import { importShippedModels } from './import-shipped-models.ts'
import { previewPriceImport } from './preview-price-import.ts'
import { requestModelLifecycle } from './request-model-lifecycle.ts'
import { updateModel } from './update-model.ts'

export const createModelAction = action(createModel)
export const updateModelAction = action(updateModel)
export const changeModelLifecycleAction = action(changeModelLifecycle)
export const requestModelLifecycleAction = action(requestModelLifecycle)
export const addModelPriceAction = action(addModelPrice)
export const importShippedModelsAction = action(importShippedModels)
export const previewPriceImportAction = action(previewPriceImport)
export const applyPriceImportAction = action(applyPriceImport)
