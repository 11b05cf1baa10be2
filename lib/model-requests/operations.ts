import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { createModelRequest } from './create-model-request.ts'
import { getModelRequest, listModelRequests } from './queries.ts'
import { reviewModelRequest } from './review-model-request.ts'
import {
  CreateModelRequestInput,
  ListModelRequestsQuery,
  ModelRequestDetailDto,
  ModelRequestDto,
  ReviewModelRequestInput,
  WithdrawModelRequestInput,
} from './schema.ts'
import { withdrawModelRequest } from './withdraw-model-request.ts'

export const modelRequestOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/model-requests',
    summary: 'List requests for models',
    permission: 'models.read',
    query: ListModelRequestsQuery,
    response: pageOf(ModelRequestDto),
    run: ({ ctx, query }) => listModelRequests(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/model-requests',
    summary: 'Ask for a model that the catalog does not have',
    permission: 'models.request',
    body: CreateModelRequestInput,
    response: ModelRequestDto,
    status: 201,
    run: ({ ctx, body }) => createModelRequest({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/model-requests/{id}',
    summary: 'One request for a model, with what the catalog has of its like',
    permission: 'models.read',
    response: ModelRequestDetailDto,
    run: ({ ctx, params }) => getModelRequest(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'POST',
    path: '/model-requests/{id}/review',
    summary: 'Say where the model would run and on what terms, and put that before those who decide',
    permission: 'models.manage',
    body: ReviewModelRequestInput.omit({ id: true }),
    response: ModelRequestDto,
    run: ({ ctx, params, body }) => reviewModelRequest({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/model-requests/{id}/withdraw',
    summary: 'Take a request for a model back',
    permission: 'models.request',
    body: WithdrawModelRequestInput.omit({ id: true }),
    response: ModelRequestDto,
    run: ({ ctx, params, body }) => withdrawModelRequest({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
