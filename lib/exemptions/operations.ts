import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { onePage, pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { attestCondition } from './attest-condition.ts'
import { exemptionHistory } from './exemption-history.ts'
import { extendExemption } from './extend-exemption.ts'
import { exemptionFigures } from './figures.ts'
import { getExemption, getExemptionPolicy, listExemptions } from './queries.ts'
import { requestExemption } from './request-exemption.ts'
import { revokeExemption } from './revoke-exemption.ts'
import {
  AttestConditionInput,
  ExemptionDetailDto,
  ExemptionDto,
  ExemptionFiguresDto,
  ExemptionFiguresQuery,
  ExemptionPolicyDto,
  ExtendExemptionInput,
  ListExemptionsQuery,
  RequestExemptionInput,
  RevokeExemptionInput,
  SetExemptionPolicyInput,
} from './schema.ts'
import { setExemptionPolicy } from './set-policy.ts'

export const exemptionOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/exemptions',
    summary: 'List exemptions: open, overdue, due in 7 days, expired, revoked or all',
    permission: 'exemptions.read',
    query: ListExemptionsQuery,
    response: pageOf(ExemptionDto),
    run: ({ ctx, query }) => listExemptions(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/exemptions',
    summary: 'Ask for an exemption; somebody else approves it',
    permission: 'exemptions.request',
    body: RequestExemptionInput,
    response: ExemptionDetailDto,
    status: 201,
    run: ({ ctx, body }) => requestExemption({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/exemption-figures',
    summary: 'How many exemptions stand where, by month, and compliance with and without them',
    permission: 'exemptions.read',
    query: ExemptionFiguresQuery,
    response: ExemptionFiguresDto,
    run: ({ ctx, query }) => exemptionFigures(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/exemption-policy',
    summary: 'How long exemptions may last, and how often they may be extended',
    permission: 'exemptions.read',
    response: ExemptionPolicyDto,
    run: ({ ctx }) => getExemptionPolicy(ctx),
  }),
  defineOperation({
    method: 'PUT',
    path: '/exemption-policy',
    summary: 'Say how long exemptions may last from now on',
    permission: 'exemptions.manage',
    body: SetExemptionPolicyInput,
    response: ExemptionPolicyDto,
    run: ({ ctx, body }) => setExemptionPolicy({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/exemptions/{id}',
    summary: 'One exemption with what its calls did',
    permission: 'exemptions.read',
    response: ExemptionDetailDto,
    run: ({ ctx, params }) => getExemption(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'POST',
    path: '/exemptions/{id}/revoke',
    summary: 'End an exemption now; gateways refuse within a second',
    permission: 'exemptions.manage',
    body: RevokeExemptionInput.omit({ id: true }),
    response: ExemptionDetailDto,
    run: ({ ctx, params, body }) => revokeExemption({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/exemptions/{id}/extend',
    summary: 'Ask for more time; it is approved anew',
    permission: 'exemptions.request',
    body: ExtendExemptionInput.omit({ id: true }),
    response: ExemptionDetailDto,
    run: ({ ctx, params, body }) => extendExemption({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/exemptions/{id}/attest',
    summary: 'Vouch for a condition that no machine can check',
    permission: 'exemptions.read',
    body: AttestConditionInput.omit({ id: true }),
    response: ExemptionDetailDto,
    run: ({ ctx, params, body }) => attestCondition({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/exemptions/{id}/history',
    summary: 'What an exemption was after each change, and why',
    permission: 'exemptions.read',
    response: pageOf(RecordVersionDto),
    run: async ({ ctx, params }) => onePage(await exemptionHistory(ctx, params.id ?? '')),
  }),
]
