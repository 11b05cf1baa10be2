import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { issueKey } from './issue-key.ts'
import { getKey, listKeys } from './queries.ts'
import { requestKey } from './request-key.ts'
import { revokeKey } from './revoke-key.ts'
import { rotateKey } from './rotate-key.ts'
import {
  IssuedKeyDto,
  IssueKeyInput,
  KeyDto,
  KeyRequestedDto,
  ListKeysQuery,
  RequestKeyInput,
  RevokeKeyInput,
  RotateKeyInput,
  SetKeyDataInput,
} from './schema.ts'
import { setKeyData } from './set-key-data.ts'

export const keyOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/keys',
    summary: 'List API keys',
    permission: 'keys.read',
    query: ListKeysQuery,
    response: pageOf(KeyDto),
    run: ({ ctx, query }) => listKeys(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/keys',
    summary: 'Issue an API key; the answer shows it once',
    permission: 'keys.issue',
    body: IssueKeyInput,
    response: IssuedKeyDto,
    status: 201,
    run: ({ ctx, body }) => issueKey({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/key-requests',
    summary: 'Ask for a key beyond the team’s bounds',
    permission: 'keys.issue',
    body: RequestKeyInput,
    response: KeyRequestedDto,
    status: 201,
    run: ({ ctx, body }) => requestKey({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/keys/{id}',
    summary: 'One API key',
    permission: 'keys.read',
    response: KeyDto,
    run: ({ ctx, params }) => getKey(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PUT',
    path: '/keys/{id}/data-sources',
    summary: 'Say what data a key is used with',
    permission: 'keys.manage',
    body: SetKeyDataInput.omit({ id: true }),
    response: KeyDto,
    run: ({ ctx, params, body }) => setKeyData({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/keys/{id}/rotate',
    summary: 'Replace a key; the old one works until its grace ends',
    permission: 'keys.manage',
    body: RotateKeyInput.omit({ id: true }),
    response: IssuedKeyDto,
    status: 201,
    run: ({ ctx, params, body }) => rotateKey({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/keys/{id}/revoke',
    summary: 'Revoke a key on every gateway',
    permission: 'keys.manage',
    body: RevokeKeyInput.omit({ id: true }),
    response: z.strictObject({ id: z.uuid(), revokedAt: z.iso.datetime() }),
    run: ({ ctx, params, body }) => revokeKey({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
