import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { requestsCsv } from './export.ts'
import { exportRequests, getRequest, listRequests, MAX_EXPORTED } from './queries.ts'
import { ExportRequestsQuery, ListRequestsQuery, RequestDetailDto, RequestDto } from './schema.ts'

export const requestOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/requests',
    summary: 'List governed requests; the last 24 hours unless told otherwise',
    permission: 'requests.read',
    query: ListRequestsQuery,
    response: pageOf(RequestDto),
    run: ({ ctx, query }) => listRequests(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/requests/export',
    summary: `Governed requests as CSV, at most ${MAX_EXPORTED}`,
    permission: 'requests.read',
    query: ExportRequestsQuery,
    response: z.string(),
    mediaType: 'text/csv; charset=utf-8',
    run: async ({ ctx, query }) => requestsCsv(await exportRequests(ctx, query)),
  }),
  defineOperation({
    method: 'GET',
    path: '/requests/{id}',
    summary: 'One governed request with its way through the gateway',
    permission: 'requests.read',
    response: RequestDetailDto,
    run: ({ ctx, params }) => getRequest(ctx, params.id ?? ''),
  }),
]
