import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { onePage, pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { assessRisk } from './assess-risk.ts'
import { closeRisk } from './close-risk.ts'
import { createRisk } from './create-risk.ts'
import { getRisk } from './get-risk.ts'
import { linkControl } from './link-control.ts'
import { listRisks, riskHistory } from './queries.ts'
import { requestAcceptance } from './request-acceptance.ts'
import { reviewRisk } from './review-risk.ts'
import {
  AcceptRiskInput,
  AssessRiskInput,
  CloseRiskInput,
  CreateRiskInput,
  LinkControlInput,
  ListRisksQuery,
  ReviewRiskInput,
  RiskDetailDto,
  RiskDto,
} from './schema.ts'
import { unlinkControl } from './unlink-control.ts'

const manage = { permission: 'risks.manage', response: RiskDetailDto } as const

export const riskOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/risks',
    summary: 'The risk register, the gravest that are left first',
    permission: 'risks.read',
    query: ListRisksQuery,
    response: pageOf(RiskDto),
    run: ({ ctx, query }) => listRisks(ctx, query),
  }),
  defineOperation({
    ...manage,
    method: 'POST',
    path: '/risks',
    summary: 'Take a risk into the register',
    body: CreateRiskInput,
    status: 201,
    run: ({ ctx, body }) => createRisk({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/risks/{id}',
    summary: 'One risk with its controls',
    permission: 'risks.read',
    response: RiskDetailDto,
    run: ({ ctx, params }) => getRisk(ctx, params.id ?? ''),
  }),
  defineOperation({
    ...manage,
    method: 'PATCH',
    path: '/risks/{id}',
    summary: 'Judge a risk anew',
    body: AssessRiskInput.omit({ id: true }),
    run: ({ ctx, params, body }) => assessRisk({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    ...manage,
    method: 'POST',
    path: '/risks/{id}/review',
    summary: 'Say that a risk was looked at, and when it is again',
    body: ReviewRiskInput.omit({ id: true }),
    run: ({ ctx, params, body }) => reviewRisk({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    ...manage,
    method: 'POST',
    path: '/risks/{id}/accept',
    summary: 'Ask to live with a risk as it stands',
    body: AcceptRiskInput.omit({ id: true }),
    run: ({ ctx, params, body }) => requestAcceptance({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    ...manage,
    method: 'POST',
    path: '/risks/{id}/close',
    summary: 'Close a risk that is none any more',
    body: CloseRiskInput.omit({ id: true }),
    run: ({ ctx, params, body }) => closeRisk({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    ...manage,
    method: 'POST',
    path: '/risks/{id}/controls',
    summary: 'Link a record that makes a risk smaller',
    body: LinkControlInput.omit({ id: true }),
    run: ({ ctx, params, body }) => linkControl({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    ...manage,
    method: 'DELETE',
    path: '/risks/{id}/controls/{controlId}',
    summary: 'Take a control from a risk',
    run: ({ ctx, params }) => unlinkControl({ ctx, input: { id: params.id, controlId: params.controlId } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/risks/{id}/history',
    summary: 'What a risk was after each change, and why',
    permission: 'risks.read',
    response: pageOf(RecordVersionDto),
    run: async ({ ctx, params }) => onePage(await riskHistory(ctx, params.id ?? '')),
  }),
]
