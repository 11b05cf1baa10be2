import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { createBrief } from './create-brief.ts'
import { discardBrief } from './discard-brief.ts'
import { briefHistory, getBrief, listBriefs } from './queries.ts'
import { saveBrief } from './save-brief.ts'
import {
  BriefDetailDto,
  BriefDto,
  CreateBriefInput,
  DiscardBriefInput,
  ListBriefsQuery,
  SaveBriefInput,
  SubmitBriefInput,
} from './schema.ts'
import { submitBrief } from './submit-brief.ts'

export const briefOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/briefs',
    summary: 'List workload briefs',
    permission: 'workloads.read',
    query: ListBriefsQuery,
    response: pageOf(BriefDto),
    run: ({ ctx, query }) => listBriefs(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/briefs',
    summary: 'Begin a brief for a workload',
    permission: 'workloads.propose',
    body: CreateBriefInput,
    response: BriefDetailDto,
    status: 201,
    run: ({ ctx, body }) => createBrief({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/briefs/{id}',
    summary: 'One brief, with what it lacks, what the catalog says and what is alike',
    permission: 'workloads.read',
    response: BriefDetailDto,
    run: ({ ctx, params }) => getBrief(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/briefs/{id}',
    summary: 'Save what has been written so far; it may be incomplete',
    permission: 'workloads.propose',
    body: SaveBriefInput.omit({ id: true }),
    response: BriefDetailDto,
    run: ({ ctx, params, body }) => saveBrief({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/briefs/{id}/submit',
    summary: 'Put a brief before those who decide it',
    permission: 'workloads.propose',
    body: SubmitBriefInput.omit({ id: true }),
    response: BriefDetailDto,
    run: ({ ctx, params, body }) => submitBrief({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/briefs/{id}/discard',
    summary: 'Give a brief up; it stays on record',
    permission: 'workloads.propose',
    body: DiscardBriefInput.omit({ id: true }),
    response: z.strictObject({ id: z.uuid() }),
    run: ({ ctx, params, body }) => discardBrief({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/briefs/{id}/versions',
    summary: 'What was submitted, with the differences',
    permission: 'workloads.read',
    response: z.strictObject({ data: z.array(RecordVersionDto) }),
    run: async ({ ctx, params }) => ({ data: await briefHistory(ctx, params.id ?? '') }),
  }),
]
