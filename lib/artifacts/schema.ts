import { z } from 'zod'
import { PageQuery } from '#lib/platform/pagination.ts'
import { RecordChange } from '#lib/records/schema.ts'

const Moment = z.iso.datetime()

export const ListCommitsQuery = PageQuery.extend({
  /** As in the audit log: budget, policy. */
  kind: z.string().max(40).optional(),
  search: z.string().trim().max(100).optional(),
})

export const CommitDto = z.strictObject({
  /** Id of the version that was committed. */
  id: z.uuid(),
  oid: z.string(),
  kind: z.string(),
  recordId: z.uuid(),
  name: z.string(),
  version: z.int(),
  path: z.string(),
  authorName: z.string(),
  approverNames: z.array(z.string()),
  approvalId: z.string().nullable(),
  reason: z.string(),
  at: Moment,
})
export type CommitDto = z.infer<typeof CommitDto>

export const CommitDetailDto = CommitDto.extend({
  changes: z.array(RecordChange),
  /** Both files as they were committed, with what they were before. */
  files: z.array(z.strictObject({ path: z.string(), before: z.string().nullable(), content: z.string() })),
})
export type CommitDetailDto = z.infer<typeof CommitDetailDto>

export const RepositoryDto = z.strictObject({
  commits: z.int(),
  /** Versions that wait for their commit. */
  waiting: z.int(),
  head: z.string().nullable(),
  headAt: Moment.nullable(),
  /** Records by kind. */
  kinds: z.array(z.strictObject({ kind: z.string(), records: z.int() })),
})
export type RepositoryDto = z.infer<typeof RepositoryDto>
