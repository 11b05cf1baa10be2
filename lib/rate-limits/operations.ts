import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { archiveRateLimit } from './archive-rate-limit.ts'
import { createRateLimit } from './create-rate-limit.ts'
import { getRateLimit, listRateLimits } from './queries.ts'
import { rateLimitHistory } from './rate-limit-history.ts'
import {
  ArchiveRateLimitInput,
  CreateRateLimitInput,
  ListRateLimitsQuery,
  RateLimitDetailDto,
  RateLimitDto,
  UpdateRateLimitInput,
} from './schema.ts'
import { updateRateLimit } from './update-rate-limit.ts'

export const rateLimitOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/rate-limits',
    summary: 'List rate limits with what is used of them and how many requests they refused',
    permission: 'rateLimits.read',
    query: ListRateLimitsQuery,
    response: pageOf(RateLimitDto),
    run: ({ ctx, query }) => listRateLimits(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/rate-limits',
    summary: 'Set a rate limit',
    permission: 'rateLimits.manage',
    body: CreateRateLimitInput,
    response: RateLimitDto,
    status: 201,
    run: ({ ctx, body }) => createRateLimit({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/rate-limits/{id}',
    summary: 'One rate limit with who uses it and who runs into it',
    permission: 'rateLimits.read',
    response: RateLimitDetailDto,
    run: ({ ctx, params }) => getRateLimit(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/rate-limits/{id}',
    summary: 'Change a rate limit; its history keeps what it was',
    permission: 'rateLimits.manage',
    body: UpdateRateLimitInput.omit({ id: true }),
    response: RateLimitDto,
    run: ({ ctx, params, body }) => updateRateLimit({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/rate-limits/{id}/archive',
    summary: 'Take a rate limit out of force',
    permission: 'rateLimits.manage',
    body: ArchiveRateLimitInput.omit({ id: true }),
    response: RateLimitDto,
    run: ({ ctx, params, body }) => archiveRateLimit({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/rate-limits/{id}/history',
    summary: 'What a rate limit was after each change, and why',
    permission: 'rateLimits.read',
    response: pageOf(RecordVersionDto),
    run: async ({ ctx, params }) => ({ data: await rateLimitHistory(ctx, params.id ?? ''), nextCursor: null }),
  }),
]
