import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { createOrganization } from './create-organization.ts'
import { getOrganization, listOrganizations } from './queries.ts'
import { removeDemo } from './remove-demo.ts'
import { CreatedOrganizationDto, CreateOrganizationInput, OrganizationDto, UpdateOrganizationInput } from './schema.ts'
import { updateOrganization } from './update-organization.ts'

export const organizationOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/organizations',
    summary: 'The organization of the caller, as a list of one',
    permission: 'organization.read',
    query: z.strictObject({}),
    response: pageOf(OrganizationDto),
    run: ({ ctx }) => listOrganizations(ctx),
  }),
  defineOperation({
    method: 'POST',
    path: '/organizations',
    summary: 'Create an organization with its first team and administrator; bootstrap token only',
    permission: 'organization.manage',
    body: CreateOrganizationInput,
    response: CreatedOrganizationDto,
    status: 201,
    run: ({ ctx, body }) => createOrganization({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/organizations/{id}',
    summary: 'One organization',
    permission: 'organization.read',
    response: OrganizationDto,
    run: ({ ctx, params }) => getOrganization(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/organizations/{id}',
    summary: 'Change the name or settings',
    permission: 'organization.manage',
    body: UpdateOrganizationInput.omit({ id: true }),
    response: OrganizationDto,
    run: ({ ctx, params, body }) => updateOrganization({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'DELETE',
    path: '/organizations/{id}',
    summary: 'Remove the demonstration organization with everything in it but its audit log',
    permission: 'organization.manage',
    response: z.strictObject({ id: z.uuid(), removedAt: z.iso.datetime() }),
    run: ({ ctx, params }) => removeDemo({ ctx, input: { id: params.id } }),
  }),
]
