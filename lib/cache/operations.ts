import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { archiveCachePolicy } from './archive-policy.ts'
import { createCachePolicy } from './create-policy.ts'
import { purgeCache } from './purge-cache.ts'
import { cachePolicyHistory, getCachePolicy, listCachePolicies } from './queries.ts'
import {
  ArchiveCachePolicyInput,
  CachePolicyDto,
  CacheStatisticsDto,
  CacheStatisticsQuery,
  CreateCachePolicyInput,
  ListCachePoliciesQuery,
  PurgeCacheInput,
  PurgeResultDto,
  UpdateCachePolicyInput,
} from './schema.ts'
import { cacheStatistics } from './statistics.ts'
import { updateCachePolicy } from './update-policy.ts'

export const cacheOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/cache',
    summary: 'Hit rate, money and time that the response cache saved, by day and model',
    permission: 'cache.read',
    query: CacheStatisticsQuery,
    response: CacheStatisticsDto,
    run: ({ ctx, query }) => cacheStatistics(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/cache/purge',
    summary: 'Drop what one cache policy, or every one, has kept',
    permission: 'cache.manage',
    body: PurgeCacheInput,
    response: PurgeResultDto,
    run: ({ ctx, body }) => purgeCache({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/cache/policies',
    summary: 'List cache policies',
    permission: 'cache.read',
    query: ListCachePoliciesQuery,
    response: pageOf(CachePolicyDto),
    run: ({ ctx, query }) => listCachePolicies(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/cache/policies',
    summary: 'Make a cache policy',
    permission: 'cache.manage',
    body: CreateCachePolicyInput,
    response: CachePolicyDto,
    status: 201,
    run: ({ ctx, body }) => createCachePolicy({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/cache/policies/{id}',
    summary: 'One cache policy',
    permission: 'cache.read',
    response: CachePolicyDto,
    run: ({ ctx, params }) => getCachePolicy(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/cache/policies/{id}',
    summary: 'Change a cache policy; what it had kept is dropped',
    permission: 'cache.manage',
    body: UpdateCachePolicyInput.omit({ id: true }),
    response: CachePolicyDto,
    run: ({ ctx, params, body }) => updateCachePolicy({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/cache/policies/{id}/archive',
    summary: 'Take a cache policy out of force',
    permission: 'cache.manage',
    body: ArchiveCachePolicyInput.omit({ id: true }),
    response: CachePolicyDto,
    run: ({ ctx, params, body }) => archiveCachePolicy({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/cache/policies/{id}/history',
    summary: 'What a cache policy was after each change, and why',
    permission: 'cache.read',
    response: pageOf(RecordVersionDto),
    run: async ({ ctx, params }) => ({ data: await cachePolicyHistory(ctx, params.id ?? ''), nextCursor: null }),
  }),
]
