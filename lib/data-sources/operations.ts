import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { archiveDataSource } from './archive-data-source.ts'
import { createDataSource } from './create-data-source.ts'
import { listDataSources } from './queries.ts'
import { CreateDataSourceInput, DataSourceDto, UpdateDataSourceInput } from './schema.ts'
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
