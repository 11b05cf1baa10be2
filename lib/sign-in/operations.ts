import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { addGroupMapping } from './add-group-mapping.ts'
import { listGroupMappings } from './queries.ts'
import { removeGroupMapping } from './remove-group-mapping.ts'
import { AddGroupMappingInput, GroupMappingDto, ListGroupMappingsQuery } from './schema.ts'

export const signInOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/group-mappings',
    summary: 'What groups of the identity provider mean here',
    permission: 'people.manage',
    query: ListGroupMappingsQuery,
    response: pageOf(GroupMappingDto),
    run: ({ ctx, query }) => listGroupMappings(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/group-mappings',
    summary: 'Map a group to a team, a role, or both',
    permission: 'people.manage',
    body: AddGroupMappingInput,
    response: GroupMappingDto,
    status: 201,
    run: ({ ctx, body }) => addGroupMapping({ ctx, input: body }),
  }),
  defineOperation({
    method: 'DELETE',
    path: '/group-mappings/{id}',
    summary: 'Take a mapping away',
    permission: 'people.manage',
    response: z.strictObject({ id: z.uuid() }),
    run: ({ ctx, params }) => removeGroupMapping({ ctx, input: { id: params.id } }),
  }),
]
