import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { onePage, pageOf } from '#lib/platform/pagination.ts'
import { addModelSigner } from './add-model-signer.ts'
import { listModelSigners } from './model-signers.ts'
import { listModelVersions } from './model-versions.ts'
import { registerModelVersion } from './register-model-version.ts'
import { requestSignOff } from './request-sign-off.ts'
import { retireModelSigner } from './retire-model-signer.ts'
import {
  AddModelSignerInput,
  ModelSignerDto,
  ModelVersionDto,
  ModelVersionsDto,
  RegisterModelVersionInput,
  RequestSignOffInput,
  RetireModelSignerInput,
  SignOffRequestedDto,
} from './schema.ts'

export const ownModelOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/model-signers',
    summary: 'List whose signatures on own models are believed',
    permission: 'models.read',
    response: pageOf(ModelSignerDto),
    run: async ({ ctx }) => onePage(await listModelSigners(ctx)),
  }),
  defineOperation({
    method: 'POST',
    path: '/model-signers',
    summary: 'Believe the signatures of a key',
    permission: 'models.approve',
    body: AddModelSignerInput,
    response: ModelSignerDto,
    status: 201,
    run: ({ ctx, body }) => addModelSigner({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/model-signers/{id}/retire',
    summary: 'Believe no further signature of a key',
    permission: 'models.approve',
    body: RetireModelSignerInput.omit({ id: true }),
    response: ModelSignerDto,
    run: ({ ctx, params, body }) => retireModelSigner({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/models/{id}/versions',
    summary: 'The versions of a model and how often each answered',
    permission: 'models.read',
    response: ModelVersionsDto,
    run: ({ ctx, params }) => listModelVersions(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'POST',
    path: '/models/{id}/versions',
    summary: 'Register a version of an own model, with its signature',
    permission: 'models.manage',
    body: RegisterModelVersionInput.omit({ modelId: true }),
    response: ModelVersionDto,
    status: 201,
    run: ({ ctx, params, body }) => registerModelVersion({ ctx, input: { ...(body as object), modelId: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/model-versions/{id}/sign-off-requests',
    summary: 'Ask that a version of an own model may answer production',
    permission: 'models.manage',
    body: RequestSignOffInput.omit({ id: true }),
    response: SignOffRequestedDto,
    status: 201,
    run: ({ ctx, params, body }) => requestSignOff({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
