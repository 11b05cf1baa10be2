import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { archiveTeam, unarchiveTeam } from './archive-team.ts'
import { createTeam } from './create-team.ts'
import { getTeam, listTeams } from './queries.ts'
import { removeMember } from './remove-member.ts'
import {
  CreateTeamInput,
  ListTeamsQuery,
  MemberDto,
  SetMemberInput,
  TeamDetailDto,
  TeamDto,
  UpdateTeamInput,
} from './schema.ts'
import { setMember } from './set-member.ts'
import { updateTeam } from './update-team.ts'

export const teamOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/teams',
    summary: 'List teams by name',
    permission: 'teams.read',
    query: ListTeamsQuery,
    response: pageOf(TeamDto),
    run: ({ ctx, query }) => listTeams(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/teams',
    summary: 'Add a team',
    permission: 'teams.manage',
    body: CreateTeamInput,
    response: TeamDetailDto,
    status: 201,
    run: ({ ctx, body }) => createTeam({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/teams/{id}',
    summary: 'One team with its people',
    permission: 'teams.read',
    response: TeamDetailDto,
    run: ({ ctx, params }) => getTeam(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/teams/{id}',
    summary: 'Change a team or the bounds of its keys',
    permission: 'teams.manage',
    body: UpdateTeamInput.omit({ id: true }),
    response: TeamDetailDto,
    run: ({ ctx, params, body }) => updateTeam({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/teams/{id}/archive',
    summary: 'Archive a team; gateways refuse its keys',
    permission: 'teams.manage',
    response: TeamDetailDto,
    run: ({ ctx, params }) => archiveTeam({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/teams/{id}/unarchive',
    summary: 'Bring an archived team back',
    permission: 'teams.manage',
    response: TeamDetailDto,
    run: ({ ctx, params }) => unarchiveTeam({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'PUT',
    path: '/teams/{id}/members/{personId}',
    summary: 'Put a person into a team, or change whether they lead it',
    permission: 'teams.manage',
    body: SetMemberInput.omit({ teamId: true, personId: true }),
    response: MemberDto,
    run: ({ ctx, params, body }) =>
      setMember({ ctx, input: { ...(body as object), teamId: params.id, personId: params.personId } }),
  }),
  defineOperation({
    method: 'DELETE',
    path: '/teams/{id}/members/{personId}',
    summary: 'Take a person out of a team',
    permission: 'teams.manage',
    response: z.strictObject({ teamId: z.uuid(), personId: z.uuid() }),
    run: ({ ctx, params }) => removeMember({ ctx, input: { teamId: params.id, personId: params.personId } }),
  }),
]
