import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { onePage, pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { createTier } from './create-tier.ts'
import { getTier, listTiers, tierHistory } from './queries.ts'
import { CreateTierInput, TierDto, TierMatrixDto, UpdateTierInput } from './schema.ts'
import { tierMatrix } from './tier-matrix.ts'
import { updateTier } from './update-tier.ts'

export const tierOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/tiers',
    summary: 'List classification tiers, the least sensitive first',
    permission: 'guardrails.read',
    response: z.strictObject({ data: z.array(TierDto) }),
    run: async ({ ctx }) => ({ data: await listTiers(ctx) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/tiers',
    summary: 'Add a classification tier',
    permission: 'guardrails.manage',
    body: CreateTierInput,
    response: TierDto,
    status: 201,
    run: ({ ctx, body }) => createTier({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/tiers/matrix',
    summary: 'What each tier makes gateways do, and which models its data may go to',
    permission: 'guardrails.read',
    response: TierMatrixDto,
    run: ({ ctx }) => tierMatrix(ctx),
  }),
  defineOperation({
    method: 'GET',
    path: '/tiers/{id}',
    summary: 'One classification tier',
    permission: 'guardrails.read',
    response: TierDto,
    run: ({ ctx, params }) => getTier(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'GET',
    path: '/tiers/{id}/history',
    summary: 'What a classification tier was after each change, and why',
    permission: 'guardrails.read',
    response: pageOf(RecordVersionDto),
    run: async ({ ctx, params }) => onePage(await tierHistory(ctx, params.id ?? '')),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/tiers/{id}',
    summary: 'Change what a classification tier means',
    permission: 'guardrails.manage',
    body: UpdateTierInput.omit({ id: true }),
    response: TierDto,
    run: ({ ctx, params, body }) => updateTier({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
