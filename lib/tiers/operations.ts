import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { createTier } from './create-tier.ts'
import { listTiers } from './queries.ts'
import { CreateTierInput, TierDto, UpdateTierInput } from './schema.ts'
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
    method: 'PATCH',
    path: '/tiers/{id}',
    summary: 'Change what a classification tier means',
    permission: 'guardrails.manage',
    body: UpdateTierInput.omit({ id: true }),
    response: TierDto,
    run: ({ ctx, params, body }) => updateTier({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
