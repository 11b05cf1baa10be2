import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { latencyCsv, usageCsv } from './export.ts'
import { latencySummary } from './latency.ts'
import { usageSummary } from './queries.ts'
import { LatencyQuery, LatencySummaryDto, UsageQuery, UsageSummaryDto } from './schema.ts'

export const usageOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/usage',
    summary: 'Requests, tokens and cost by group',
    permission: 'usage.read',
    query: UsageQuery,
    response: UsageSummaryDto,
    run: ({ ctx, query }) => usageSummary(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/usage/export',
    summary: 'Requests, tokens and cost by group, as CSV',
    permission: 'usage.read',
    query: UsageQuery,
    response: z.string(),
    mediaType: 'text/csv; charset=utf-8',
    run: async ({ ctx, query }) => usageCsv(await usageSummary(ctx, query)),
  }),
  defineOperation({
    method: 'GET',
    path: '/usage/latency',
    summary: 'Latency quantiles by group',
    permission: 'usage.read',
    query: LatencyQuery,
    response: LatencySummaryDto,
    run: ({ ctx, query }) => latencySummary(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/usage/latency/export',
    summary: 'Latency quantiles by group, as CSV',
    permission: 'usage.read',
    query: LatencyQuery,
    response: z.string(),
    mediaType: 'text/csv; charset=utf-8',
    run: async ({ ctx, query }) => latencyCsv(await latencySummary(ctx, query)),
  }),
]
