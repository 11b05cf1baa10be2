import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { issueServiceToken } from './issue-service-token.ts'
import { getServiceToken, listServiceTokens } from './queries.ts'
import { revokeServiceToken } from './revoke-service-token.ts'
import {
  IssuedServiceTokenDto,
  IssueServiceTokenInput,
  ListServiceTokensQuery,
  RevokeServiceTokenInput,
  ServiceTokenDto,
} from './schema.ts'

export const serviceTokenOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/service-tokens',
    summary: 'List service tokens',
    permission: 'serviceTokens.read',
    query: ListServiceTokensQuery,
    response: pageOf(ServiceTokenDto),
    run: ({ ctx, query }) => listServiceTokens(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/service-tokens',
    summary: 'Issue a service token; the answer shows it once',
    permission: 'serviceTokens.manage',
    body: IssueServiceTokenInput,
    response: IssuedServiceTokenDto,
    status: 201,
    run: ({ ctx, body }) => issueServiceToken({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/service-tokens/{id}',
    summary: 'One service token',
    permission: 'serviceTokens.read',
    response: ServiceTokenDto,
    run: ({ ctx, params }) => getServiceToken(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'POST',
    path: '/service-tokens/{id}/revoke',
    summary: 'Revoke a service token at once',
    permission: 'serviceTokens.manage',
    body: RevokeServiceTokenInput.omit({ id: true }),
    response: z.strictObject({ id: z.uuid(), revokedAt: z.iso.datetime() }),
    run: ({ ctx, params, body }) => revokeServiceToken({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
