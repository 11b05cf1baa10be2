import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { listFailovers } from './queries.ts'
import { FailoverDto, ListFailoversQuery } from './schema.ts'

export const failoverOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/failovers',
    summary: 'List when calls of a model went elsewhere because it did not answer',
    permission: 'routes.read',
    query: ListFailoversQuery,
    response: pageOf(FailoverDto),
    run: ({ ctx, query }) => listFailovers(ctx, query),
  }),
]
