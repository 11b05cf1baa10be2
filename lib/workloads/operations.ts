import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { createWorkload } from './create-workload.ts'
import { getWorkload, listUnregistered, listWorkloads, workloadHistory } from './queries.ts'
import { requestTransition } from './request-transition.ts'
import { reviewWorkload } from './review-workload.ts'
import {
  CreateWorkloadInput,
  ListWorkloadsQuery,
  RequestTransitionInput,
  ReviewWorkloadInput,
  TransitionDto,
  TransitionRequestedDto,
  UnregisteredWorkloadDto,
  UpdateWorkloadInput,
  WorkloadCallerDto,
  WorkloadDto,
} from './schema.ts'
import { listCallers, listTransitions } from './transitions.ts'
import { updateWorkload } from './update-workload.ts'

export const workloadOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/workloads',
    summary: 'List workloads',
    permission: 'workloads.read',
    query: ListWorkloadsQuery,
    response: pageOf(WorkloadDto),
    run: ({ ctx, query }) => listWorkloads(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/workloads',
    summary: 'Register a workload in development, without a brief',
    permission: 'workloads.manage',
    body: CreateWorkloadInput,
    response: WorkloadDto,
    status: 201,
    run: ({ ctx, body }) => createWorkload({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/workloads/unregistered',
    summary: 'Names that callers sent in 30 days and nobody has registered',
    permission: 'workloads.read',
    response: z.strictObject({ data: z.array(UnregisteredWorkloadDto) }),
    run: async ({ ctx }) => ({ data: await listUnregistered(ctx) }),
  }),
  defineOperation({
    method: 'GET',
    path: '/workloads/{id}',
    summary: 'One workload',
    permission: 'workloads.read',
    response: WorkloadDto,
    run: ({ ctx, params }) => getWorkload(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/workloads/{id}',
    summary: 'Change who answers for a workload, or what it is called',
    permission: 'workloads.manage',
    body: UpdateWorkloadInput.omit({ id: true }),
    response: WorkloadDto,
    run: ({ ctx, params, body }) => updateWorkload({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/workloads/{id}/versions',
    summary: 'What a workload was after each change, and why',
    permission: 'workloads.read',
    response: z.strictObject({ data: z.array(RecordVersionDto) }),
    run: async ({ ctx, params }) => ({ data: await workloadHistory(ctx, params.id ?? '') }),
  }),
  defineOperation({
    method: 'POST',
    path: '/workloads/{id}/review',
    summary: 'Record a review, and when the next one is due',
    permission: 'workloads.manage',
    body: ReviewWorkloadInput.omit({ id: true }),
    response: WorkloadDto,
    run: ({ ctx, params, body }) => reviewWorkload({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/workloads/{id}/callers',
    summary: 'Whose keys called a workload in seven days',
    permission: 'workloads.read',
    response: z.strictObject({ data: z.array(WorkloadCallerDto) }),
    run: async ({ ctx, params }) => ({ data: await listCallers(ctx, params.id ?? '') }),
  }),
  defineOperation({
    method: 'GET',
    path: '/workloads/{id}/transitions',
    summary: 'Where a workload may go, what has to hold, and what would end with it',
    permission: 'workloads.read',
    response: z.strictObject({ data: z.array(TransitionDto) }),
    run: async ({ ctx, params }) => ({ data: await listTransitions(ctx, params.id ?? '') }),
  }),
  defineOperation({
    method: 'POST',
    path: '/workloads/{id}/transitions',
    summary: 'Ask for a workload to go on in its lifecycle',
    permission: 'workloads.manage',
    body: RequestTransitionInput.omit({ id: true }),
    response: TransitionRequestedDto,
    status: 201,
    run: ({ ctx, params, body }) => requestTransition({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
