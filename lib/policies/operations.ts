import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { onePage, pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { archivePolicy } from './archive-policy.ts'
import { circulatePolicy } from './circulate-policy.ts'
import { confirmPolicy } from './confirm-policy.ts'
import { createPolicy } from './create-policy.ts'
import { linkClause } from './link-clause.ts'
import { getPolicy, listPolicies, policyHistory, policyVersions } from './queries.ts'
import { saveDraft } from './save-draft.ts'
import {
  CirculatePolicyInput,
  CreatePolicyInput,
  LinkClauseInput,
  ListPoliciesQuery,
  PolicyDetailDto,
  PolicyDto,
  PolicyReasonInput,
  PolicyVersionDto,
  SaveDraftInput,
  SetRequirementInput,
  SubmitPolicyInput,
  UpdatePolicyInput,
} from './schema.ts'
import { setRequirement } from './set-requirement.ts'
import { submitPolicy } from './submit-policy.ts'
import { updatePolicy } from './update-policy.ts'
import { withdrawVersion } from './withdraw-version.ts'

const SavedDraftDto = z.strictObject({
  id: z.uuid(),
  revision: z.int(),
  savedAt: z.iso.datetime(),
  voided: z.int().nullable(),
})

export const policyOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/policies',
    summary: 'List policies with version in force, coverage and what enforces them',
    permission: 'policies.read',
    query: ListPoliciesQuery,
    response: pageOf(PolicyDto),
    run: ({ ctx, query }) => listPolicies(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/policies',
    summary: 'Begin a policy, from the template of its kind unless a text is given',
    permission: 'policies.manage',
    body: CreatePolicyInput,
    response: PolicyDto,
    status: 201,
    run: ({ ctx, body }) => createPolicy({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/policies/{id}',
    summary: 'One policy with its text and what enforces each clause',
    permission: 'policies.read',
    response: PolicyDetailDto,
    run: ({ ctx, params }) => getPolicy(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/policies/{id}',
    summary: 'Change a policy’s name, owner or how often it is reviewed',
    permission: 'policies.manage',
    body: UpdatePolicyInput.omit({ id: true }),
    response: PolicyDto,
    run: ({ ctx, params, body }) => updatePolicy({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'PUT',
    path: '/policies/{id}/draft',
    summary: 'Save the draft; a changed text voids what waits for a decision',
    permission: 'policies.manage',
    body: SaveDraftInput.omit({ id: true }),
    response: SavedDraftDto,
    run: ({ ctx, params, body }) => saveDraft({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/policies/{id}/versions',
    summary: 'Every version of a policy with its text and who decided about it',
    permission: 'policies.read',
    response: pageOf(PolicyVersionDto),
    run: async ({ ctx, params }) => onePage(await policyVersions(ctx, params.id ?? '')),
  }),
  defineOperation({
    method: 'GET',
    path: '/policies/{id}/history',
    summary: 'What a policy’s record was after each change, and why',
    permission: 'policies.read',
    response: pageOf(RecordVersionDto),
    run: async ({ ctx, params }) => onePage(await policyHistory(ctx, params.id ?? '')),
  }),
  defineOperation({
    method: 'POST',
    path: '/policies/{id}/submit',
    summary: 'Make a version of the draft and put it before Legal',
    permission: 'policies.manage',
    body: SubmitPolicyInput.omit({ id: true }),
    response: PolicyDto,
    run: ({ ctx, params, body }) => submitPolicy({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/policies/{id}/withdraw',
    summary: 'Take back the version that waits for a decision',
    permission: 'policies.manage',
    body: PolicyReasonInput.omit({ id: true }),
    response: PolicyDto,
    run: ({ ctx, params, body }) => withdrawVersion({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/policies/{id}/circulate',
    summary: 'Say whom a policy is for, and ask them to acknowledge it',
    permission: 'policies.manage',
    body: CirculatePolicyInput.omit({ id: true }),
    response: PolicyDto.extend({ told: z.int() }),
    run: ({ ctx, params, body }) => circulatePolicy({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'PUT',
    path: '/policies/{id}/requirement',
    summary: 'Say which keys need a current acknowledgement',
    permission: 'policies.manage',
    body: SetRequirementInput.omit({ id: true }),
    response: PolicyDto,
    run: ({ ctx, params, body }) => setRequirement({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'PUT',
    path: '/policies/{id}/links',
    summary: 'Say what enforces a clause',
    permission: 'policies.manage',
    body: LinkClauseInput.omit({ id: true }),
    response: PolicyDto,
    run: ({ ctx, params, body }) => linkClause({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/policies/{id}/confirm',
    summary: 'Record that a policy was reviewed and stays as it is',
    permission: 'policies.manage',
    body: PolicyReasonInput.omit({ id: true }),
    response: PolicyDto,
    run: ({ ctx, params, body }) => confirmPolicy({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/policies/{id}/archive',
    summary: 'Take a policy out of use',
    permission: 'policies.manage',
    body: PolicyReasonInput.omit({ id: true }),
    response: PolicyDto,
    run: ({ ctx, params, body }) => archivePolicy({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
