import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { onePage, pageOf } from '#lib/platform/pagination.ts'
import { commentOnApproval } from './comment-on-approval.ts'
import { approveRequest, rejectRequest } from './decide-approval.ts'
import { delegateApprovals, endDelegation } from './delegate-approvals.ts'
import { listDelegations } from './delegations.ts'
import {
  ApprovalDetailDto,
  ApprovalDto,
  ApprovalInsightDto,
  ApprovalPolicyDto,
  ApprovalPolicyVersionDto,
  DelegationDto,
  WhoDecidesDto,
} from './dto.ts'
import { extendApproval } from './extend-approval.ts'
import { approvalInsight } from './insight.ts'
import { listPolicyVersions } from './policy-versions.ts'
import { getApproval, listApprovals, listPolicies } from './queries.ts'
import {
  ApproveInput,
  CommentInput,
  DelegateInput,
  ExtendInput,
  InsightQuery,
  ListApprovalsQuery,
  RejectInput,
  SetPolicyInput,
  WhoDecidesQuery,
  WithdrawInput,
} from './schema.ts'
import { setPolicy } from './set-policy.ts'
import { whoDecides } from './who-decides.ts'
import { withdrawApproval } from './withdraw-approval.ts'

const Decided = z.strictObject({ id: z.uuid(), state: z.string(), outcome: z.string() })
const withId = (body: unknown, params: Record<string, string>) => ({ ...(body as object), id: params.id })

export const approvalOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/approvals',
    summary: 'List requests that people decide: what waits for the caller, was asked or decided by them, or all',
    permission: 'approvals.read',
    query: ListApprovalsQuery,
    response: pageOf(ApprovalDto),
    run: ({ ctx, query }) => listApprovals(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/approvals/insight',
    summary: 'How deciding goes: times, outcomes by rule, decisions that were hardly read',
    permission: 'approvals.read',
    query: InsightQuery,
    response: ApprovalInsightDto,
    run: ({ ctx, query }) => approvalInsight(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/approvals/{id}',
    summary: 'One request with its snapshot, votes and comments',
    permission: 'approvals.read',
    response: ApprovalDetailDto,
    run: ({ ctx, params }) => getApproval(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'POST',
    path: '/approvals/{id}/approve',
    summary: 'Approve a request; the vote that completes it carries it out',
    permission: 'approvals.decide',
    body: ApproveInput.omit({ id: true }),
    response: Decided,
    run: ({ ctx, params, body }) => approveRequest({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/approvals/{id}/reject',
    summary: 'Reject a request, with the reason',
    permission: 'approvals.decide',
    body: RejectInput.omit({ id: true }),
    response: Decided,
    run: ({ ctx, params, body }) => rejectRequest({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/approvals/{id}/withdraw',
    summary: 'Take a request back',
    permission: 'approvals.read',
    body: WithdrawInput.omit({ id: true }),
    response: Decided,
    run: ({ ctx, params, body }) => withdrawApproval({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/approvals/{id}/comments',
    summary: 'Say or ask something about a request',
    permission: 'approvals.read',
    body: CommentInput.omit({ id: true }),
    response: z.strictObject({ id: z.uuid() }),
    status: 201,
    run: ({ ctx, params, body }) => commentOnApproval({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/approvals/{id}/extend',
    summary: 'Give a request more time',
    permission: 'approvals.decide',
    body: ExtendInput.omit({ id: true }),
    response: z.strictObject({ id: z.uuid(), expiresAt: z.iso.datetime() }),
    run: ({ ctx, params, body }) => extendApproval({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'GET',
    path: '/approval-policies',
    summary: 'How each kind of request is decided',
    permission: 'approvals.read',
    response: pageOf(ApprovalPolicyDto),
    run: async ({ ctx }) => onePage(await listPolicies(ctx)),
  }),
  defineOperation({
    method: 'PUT',
    path: '/approval-policies/{kind}',
    summary: 'Change how a kind of request is decided from now on',
    permission: 'approvals.manage',
    body: SetPolicyInput.omit({ kind: true }),
    response: ApprovalPolicyDto,
    run: ({ ctx, params, body }) => setPolicy({ ctx, input: { ...(body as object), kind: params.kind } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/approval-policies/{kind}/versions',
    summary: 'Every version of how a kind of request is decided, with what each changed',
    permission: 'approvals.read',
    response: pageOf(ApprovalPolicyVersionDto),
    run: async ({ ctx, params }) => onePage(await listPolicyVersions(ctx, params.kind ?? '')),
  }),
  defineOperation({
    method: 'GET',
    path: '/approval-policies/{kind}/deciders',
    summary: 'Who could decide a request of a kind that is made now',
    permission: 'approvals.read',
    query: WhoDecidesQuery,
    response: WhoDecidesDto,
    run: ({ ctx, params, query }) => whoDecides(ctx, params.kind ?? '', query),
  }),
  defineOperation({
    method: 'GET',
    path: '/approval-delegations',
    summary: 'Who decides in whose place',
    permission: 'approvals.read',
    response: pageOf(DelegationDto),
    run: async ({ ctx }) => onePage(await listDelegations(ctx)),
  }),
  defineOperation({
    method: 'POST',
    path: '/approval-delegations',
    summary: 'Let somebody decide in another’s place until a day',
    permission: 'approvals.decide',
    body: DelegateInput,
    response: DelegationDto,
    status: 201,
    run: ({ ctx, body }) => delegateApprovals({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/approval-delegations/{id}/end',
    summary: 'End a delegation now',
    permission: 'approvals.decide',
    response: DelegationDto,
    run: ({ ctx, params }) => endDelegation({ ctx, input: { id: params.id } }),
  }),
]
