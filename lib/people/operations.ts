import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { createSignInLink } from '#lib/sign-in/create-sign-in-link.ts'
import { SignInLinkDto } from '#lib/sign-in/schema.ts'
import { createPerson } from './create-person.ts'
import { deactivatePerson } from './deactivate-person.ts'
import { getPerson, listPeople } from './queries.ts'
import { reactivatePerson } from './reactivate-person.ts'
import { CreatePersonInput, DeactivatePersonInput, ListPeopleQuery, PersonDto, UpdatePersonInput } from './schema.ts'
import { updatePerson } from './update-person.ts'

export const peopleOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/people',
    summary: 'List people by name',
    permission: 'people.read',
    query: ListPeopleQuery,
    response: pageOf(PersonDto),
    run: ({ ctx, query }) => listPeople(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/people',
    summary: 'Add a person',
    permission: 'people.manage',
    body: CreatePersonInput,
    response: PersonDto,
    status: 201,
    run: ({ ctx, body }) => createPerson({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/people/{id}',
    summary: 'One person',
    permission: 'people.read',
    response: PersonDto,
    run: ({ ctx, params }) => getPerson(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/people/{id}',
    summary: 'Change name, title or roles',
    permission: 'people.manage',
    body: UpdatePersonInput.omit({ id: true }),
    response: PersonDto,
    run: ({ ctx, params, body }) => updatePerson({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/people/{id}/deactivate',
    summary: 'End a person’s sessions and keys',
    permission: 'people.manage',
    body: DeactivatePersonInput.omit({ id: true }),
    response: z.strictObject({ id: z.uuid(), deactivatedAt: z.iso.datetime(), keysRevoked: z.int() }),
    run: ({ ctx, params, body }) => deactivatePerson({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/people/{id}/reactivate',
    summary: 'Let a deactivated person sign in again; revoked keys stay revoked',
    permission: 'people.manage',
    response: PersonDto,
    run: ({ ctx, params }) => reactivatePerson({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/people/{id}/sign-in-links',
    summary: 'Make a single-use sign-in link; the answer shows it once',
    permission: 'people.manage',
    response: SignInLinkDto,
    status: 201,
    run: ({ ctx, params }) => createSignInLink({ ctx, input: { personId: params.id } }),
  }),
]
