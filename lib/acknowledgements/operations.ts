import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { acknowledgePolicy } from './acknowledge-policy.ts'
import { coverageCsv } from './coverage-csv.ts'
import { listAcknowledgements, policyCoverage } from './queries.ts'
import { AcknowledgementDto, AcknowledgePolicyInput, CoverageDto, ListAcknowledgementsQuery } from './schema.ts'

export const acknowledgementOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/acknowledgements',
    summary: 'List who has acknowledged which version of which policy, newest first',
    permission: 'acknowledgements.read',
    query: ListAcknowledgementsQuery,
    response: pageOf(AcknowledgementDto),
    run: ({ ctx, query }) => listAcknowledgements(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/acknowledgements',
    summary: 'Acknowledge a policy; a person does, signed in, for themselves',
    permission: 'policies.read',
    body: AcknowledgePolicyInput,
    response: AcknowledgementDto,
    status: 201,
    run: ({ ctx, body }) => acknowledgePolicy({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/policies/{id}/coverage',
    summary: 'Who has acknowledged a policy, by person and team',
    permission: 'acknowledgements.read',
    response: CoverageDto,
    run: ({ ctx, params }) => policyCoverage(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'GET',
    path: '/policies/{id}/coverage/export',
    summary: 'Who has acknowledged a policy, as CSV',
    permission: 'acknowledgements.read',
    response: z.string(),
    mediaType: 'text/csv; charset=utf-8',
    run: async ({ ctx, params }) => coverageCsv(await policyCoverage(ctx, params.id ?? '')),
  }),
]
