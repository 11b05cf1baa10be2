import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { onePage, pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { archiveDataSource } from './archive-data-source.ts'
import { createDataSource } from './create-data-source.ts'
import { dataSourceHistory, getDataSource, listDataSources } from './queries.ts'
import { reviewDataSource } from './review-data-source.ts'
import { CreateDataSourceInput, DataSourceDto, ReviewDataSourceInput, UpdateDataSourceInput } from './schema.ts'
import { updateDataSource } from './update-data-source.ts'

export const dataSourceOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/data-sources',
    summary: 'List data sources with the tier, owner and systems of each',
    permission: 'guardrails.read',
    response: z.strictObject({ data: z.array(DataSourceDto) }),
    run: async ({ ctx }) => ({ data: await listDataSources(ctx) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/data-sources',
    summary: 'Register a data source: what uses it is classified at least as it is',
    permission: 'guardrails.manage',
    body: CreateDataSourceInput,
    response: DataSourceDto,
    status: 201,
    run: ({ ctx, body }) => createDataSource({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/data-sources/{id}',
    summary: 'One data source',
    permission: 'guardrails.read',
    response: DataSourceDto,
    run: ({ ctx, params }) => getDataSource(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'GET',
    path: '/data-sources/{id}/history',
    summary: 'What a data source was after each change, and why',
    permission: 'guardrails.read',
    response: pageOf(RecordVersionDto),
    run: async ({ ctx, params }) => onePage(await dataSourceHistory(ctx, params.id ?? '')),
  }),
  defineOperation({
    method: 'POST',
    path: '/data-sources/{id}/review',
    summary: 'Record that tier, systems and regions of a data source are still right',
    permission: 'policies.read',
    body: ReviewDataSourceInput.omit({ id: true }),
    response: DataSourceDto,
    run: ({ ctx, params, body }) => reviewDataSource({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/data-sources/{id}',
    summary: 'Change what is known of a data source',
    permission: 'guardrails.manage',
    body: UpdateDataSourceInput.omit({ id: true }),
    response: DataSourceDto,
    run: ({ ctx, params, body }) => updateDataSource({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'DELETE',
    path: '/data-sources/{id}',
    summary: 'Take a data source out of use',
    permission: 'guardrails.manage',
    response: z.strictObject({ id: z.uuid() }),
    run: ({ ctx, params }) => archiveDataSource({ ctx, input: { id: params.id } }),
  }),
]
