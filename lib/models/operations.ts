import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { addModelPrice } from './add-model-price.ts'
import { applyPriceImport } from './apply-price-import.ts'
import { changeModelLifecycle } from './change-model-lifecycle.ts'
import { createModel } from './create-model.ts'
import { exportModels } from './export.ts'
import { importShippedModels } from './import-shipped-models.ts'
import { ModelUseDto, modelUse } from './model-use.ts'
import { previewPriceImport } from './preview-price-import.ts'
import {
  AppliedPriceImportDto,
  ApplyPriceImportInput,
  PreviewPriceImportInput,
  PriceImportPreviewDto,
} from './price-import-schema.ts'
import { getModel, listModels } from './queries.ts'
import { requestModelLifecycle } from './request-model-lifecycle.ts'
import {
  AddModelPriceInput,
  ChangeModelLifecycleInput,
  CreateModelInput,
  ImportedModelsDto,
  ImportShippedModelsInput,
  ListModelsQuery,
  ModelDetailDto,
  ModelDto,
  ModelLifecycleRequestedDto,
  ModelPriceDto,
  UpdateModelInput,
} from './schema.ts'
import { updateModel } from './update-model.ts'

/** A price file as a JSON string: escapes make it longer than the file. */
const MAX_FILE_BYTES = 8 * 1_048_576

export const modelOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/models',
    summary: 'List models of the catalog',
    permission: 'models.read',
    query: ListModelsQuery,
    response: pageOf(ModelDto),
    run: ({ ctx, query }) => listModels(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/models',
    summary: 'Add a model to the catalog',
    permission: 'models.manage',
    body: CreateModelInput,
    response: ModelDto,
    status: 201,
    run: ({ ctx, body }) => createModel({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/models/export',
    summary: 'The catalog as CSV, with what is missing of each model',
    permission: 'models.read',
    query: ListModelsQuery,
    response: z.string(),
    mediaType: 'text/csv; charset=utf-8',
    run: ({ ctx, query }) => exportModels(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/models/{id}/use',
    summary: 'Who called a model in the last thirty days',
    permission: 'usage.read',
    response: ModelUseDto,
    run: ({ ctx, params }) => modelUse(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'GET',
    path: '/models/{id}',
    summary: 'One model with all its prices',
    permission: 'models.read',
    response: ModelDetailDto,
    run: ({ ctx, params }) => getModel(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/models/{id}',
    summary: 'Change what is known of a model',
    permission: 'models.manage',
    body: UpdateModelInput.omit({ id: true }),
    response: ModelDto,
    run: ({ ctx, params, body }) => updateModel({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/models/{id}/lifecycle',
    summary: 'Approve, restrict, deprecate or block a model',
    permission: 'models.manage',
    body: ChangeModelLifecycleInput.omit({ id: true }),
    response: ModelDto,
    run: ({ ctx, params, body }) => changeModelLifecycle({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/models/{id}/lifecycle-requests',
    summary: 'Ask that more may be done with a model',
    permission: 'models.manage',
    body: ChangeModelLifecycleInput.omit({ id: true }),
    response: ModelLifecycleRequestedDto,
    status: 201,
    run: ({ ctx, params, body }) => requestModelLifecycle({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/models/{id}/prices',
    summary: 'Give a model a price from a moment on',
    permission: 'models.manage',
    body: AddModelPriceInput.omit({ id: true }),
    response: ModelPriceDto,
    status: 201,
    run: ({ ctx, params, body }) => addModelPrice({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/models/import-shipped',
    summary: 'Add the shipped models and list prices of a provider',
    permission: 'models.manage',
    body: ImportShippedModelsInput,
    response: ImportedModelsDto,
    run: ({ ctx, body }) => importShippedModels({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/models/price-import/preview',
    summary: 'Show what a price file would change',
    permission: 'models.manage',
    body: PreviewPriceImportInput,
    response: PriceImportPreviewDto,
    maxBodyBytes: MAX_FILE_BYTES,
    run: ({ ctx, body }) => previewPriceImport({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/models/price-import/apply',
    summary: 'Apply a price file that was previewed',
    permission: 'models.manage',
    body: ApplyPriceImportInput,
    response: AppliedPriceImportDto,
    maxBodyBytes: MAX_FILE_BYTES,
    run: ({ ctx, body }) => applyPriceImport({ ctx, input: body }),
  }),
]
