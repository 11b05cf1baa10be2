import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { getCommit, getRepository, listCommits } from './queries.ts'
import { CommitDetailDto, CommitDto, ListCommitsQuery, RepositoryDto } from './schema.ts'

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
]
