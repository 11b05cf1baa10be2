import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { proposeChanges } from './propose-changes.ts'
import { proposeFromRemote } from './propose-from-remote.ts'
import { getCommit, getRepository, listCommits } from './queries.ts'
import { removeRemote } from './remove-remote.ts'
import {
  CommitDetailDto,
  CommitDto,
  ListCommitsQuery,
  ProposalDto,
  ProposeChangesInput,
  ProposeFromRemoteInput,
  RemoteDto,
  RemoveRemoteInput,
  RepositoryDto,
  SetRemoteInput,
} from './schema.ts'
import { setRemote } from './set-remote.ts'

export const artifactOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/artifacts',
    summary: 'The repository of governance records: how far it is and what it holds',
    permission: 'artifacts.read',
    response: RepositoryDto,
    run: ({ ctx }) => getRepository(ctx),
  }),
  defineOperation({
    method: 'GET',
    path: '/artifacts/commits',
    summary: 'Commits, newest first: one for each version of a governance record',
    permission: 'artifacts.read',
    query: ListCommitsQuery,
    response: pageOf(CommitDto),
    run: ({ ctx, query }) => listCommits(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/artifacts/commits/{id}',
    summary: 'One commit with both files as they are and as they were',
    permission: 'artifacts.read',
    response: CommitDetailDto,
    run: ({ ctx, params }) => getCommit(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PUT',
    path: '/artifacts/remote',
    summary: 'Say where the repository is pushed to besides',
    permission: 'artifacts.manage',
    body: SetRemoteInput,
    response: RemoteDto,
    run: ({ ctx, body }) => setRemote({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/artifacts/remote/remove',
    summary: 'Push the repository nowhere from now on',
    permission: 'artifacts.manage',
    body: RemoveRemoteInput,
    response: z.strictObject({ removed: z.literal(true) }),
    run: ({ ctx, body }) => removeRemote({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/artifacts/proposals',
    summary: 'Take changed files of the repository as changes to be reviewed',
    permission: 'artifacts.manage',
    body: ProposeChangesInput,
    response: z.strictObject({ data: z.array(ProposalDto) }),
    status: 201,
    maxBodyBytes: 12 * 1024 * 1024,
    run: ({ ctx, body }) => proposeChanges({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/artifacts/proposals/from-remote',
    summary: 'Take what differs on the remote’s branch of proposals as changes to be reviewed',
    permission: 'artifacts.manage',
    body: ProposeFromRemoteInput,
    response: z.strictObject({ data: z.array(ProposalDto) }),
    status: 201,
    run: ({ ctx, body }) => proposeFromRemote({ ctx, input: body }),
  }),
]
