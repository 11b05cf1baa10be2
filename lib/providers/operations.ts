import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { createProvider } from './create-provider.ts'
import { deleteProvider } from './delete-provider.ts'
import { getProvider, listProviders } from './queries.ts'
import {
  CreateProviderInput,
  ListProvidersQuery,
  ProviderDto,
  ProviderTestDto,
  SetProviderCredentialInput,
  UpdateProviderInput,
} from './schema.ts'
import { setProviderCredential } from './set-provider-credential.ts'
import { testProvider } from './test-provider.ts'
import { updateProvider } from './update-provider.ts'

export const providerOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/providers',
    summary: 'List providers',
    permission: 'providers.read',
    query: ListProvidersQuery,
    response: pageOf(ProviderDto),
    run: ({ ctx, query }) => listProviders(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/providers',
    summary: 'Add a provider',
    permission: 'providers.manage',
    body: CreateProviderInput,
    response: ProviderDto,
    status: 201,
    run: ({ ctx, body }) => createProvider({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/providers/{id}',
    summary: 'One provider',
    permission: 'providers.read',
    response: ProviderDto,
    run: ({ ctx, params }) => getProvider(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/providers/{id}',
    summary: 'Change a provider, or take it out of use',
    permission: 'providers.manage',
    body: UpdateProviderInput.omit({ id: true }),
    response: ProviderDto,
    run: ({ ctx, params, body }) => updateProvider({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'DELETE',
    path: '/providers/{id}',
    summary: 'Delete a provider that has no models',
    permission: 'providers.manage',
    response: z.strictObject({ id: z.uuid() }),
    run: ({ ctx, params }) => deleteProvider({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'PUT',
    path: '/providers/{id}/credential',
    summary: 'Set or remove the credential of a provider; nothing gives it back',
    permission: 'providers.manage',
    body: SetProviderCredentialInput.omit({ id: true }),
    response: ProviderDto,
    run: ({ ctx, params, body }) => setProviderCredential({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/providers/{id}/test',
    summary: 'Test the connection to a provider',
    permission: 'providers.manage',
    response: ProviderTestDto,
    run: ({ ctx, params }) => testProvider({ ctx, input: { id: params.id } }),
  }),
]
