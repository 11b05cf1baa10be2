import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { onePage, pageOf } from '#lib/platform/pagination.ts'
import { answerSelfAssessment } from './answer-self-assessment.ts'
import { attestCriterion } from './attest-criterion.ts'
import { getCriterion, getMaturity, listCriteria } from './queries.ts'
import { requestAdvancement } from './request-advancement.ts'
import { requestExemption } from './request-exemption.ts'
import {
  AnswerInput,
  ApprovalAskedDto,
  AttestationDto,
  AttestInput,
  CriterionDetailDto,
  CriterionDto,
  ListCriteriaQuery,
  MaturityDto,
  RequestAdvancementInput,
  RequestExemptionInput,
  SnapshotDto,
  WithdrawAttestationInput,
} from './schema.ts'
import { listSnapshots } from './snapshots.ts'
import { withdrawAttestation } from './withdraw-attestation.ts'

export const maturityOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/maturity',
    summary: 'The stage, and every criterion with its result, what was observed and the evidence',
    permission: 'maturity.read',
    response: MaturityDto,
    run: ({ ctx }) => getMaturity(ctx),
  }),
  defineOperation({
    method: 'GET',
    path: '/maturity/criteria',
    summary: 'Criteria with result, what was observed and the evidence, by stage, layer, kind and state',
    permission: 'maturity.read',
    query: ListCriteriaQuery,
    response: pageOf(CriterionDto),
    run: ({ ctx, query }) => listCriteria(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/maturity/criteria/{criterion}',
    summary: 'One criterion with every attestation and what people believe',
    permission: 'maturity.read',
    response: CriterionDetailDto,
    run: ({ ctx, params }) => getCriterion(ctx, params.criterion ?? ''),
  }),
  defineOperation({
    method: 'POST',
    path: '/maturity/criteria/{criterion}/attestations',
    summary: 'Say of a criterion what no record can show, with evidence',
    permission: 'maturity.attest',
    body: AttestInput.omit({ criterionId: true }),
    response: AttestationDto,
    status: 201,
    run: ({ ctx, params, body }) =>
      attestCriterion({ ctx, input: { ...(body as object), criterionId: params.criterion } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/maturity/criteria/{criterion}/exemption-requests',
    summary: 'Ask the board to excuse a criterion for a time',
    permission: 'maturity.manage',
    body: RequestExemptionInput.omit({ criterionId: true }),
    response: ApprovalAskedDto,
    status: 201,
    run: ({ ctx, params, body }) =>
      requestExemption({ ctx, input: { ...(body as object), criterionId: params.criterion } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/maturity/attestations/{id}/withdraw',
    summary: 'Take back an attestation; it stays readable with the reason',
    permission: 'maturity.attest',
    body: WithdrawAttestationInput.omit({ id: true }),
    response: AttestationDto,
    run: ({ ctx, params, body }) => withdrawAttestation({ ctx, input: { ...(body as object), ...params } }),
  }),
  defineOperation({
    method: 'PUT',
    path: '/maturity/self-assessment',
    summary: 'Say what one believes of criteria, beside what is computed',
    permission: 'maturity.read',
    body: AnswerInput,
    response: z.strictObject({ answered: z.int() }),
    run: ({ ctx, body }) => answerSelfAssessment({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/maturity/advancement-requests',
    summary: 'Put the next stage before the board',
    permission: 'maturity.manage',
    body: RequestAdvancementInput,
    response: ApprovalAskedDto,
    status: 201,
    run: ({ ctx, body }) => requestAdvancement({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/maturity/snapshots',
    summary: 'How things stood in each quarter',
    permission: 'maturity.read',
    response: pageOf(SnapshotDto),
    run: async ({ ctx }) => onePage(await listSnapshots(ctx)),
  }),
]
