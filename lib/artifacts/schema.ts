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

const Branch = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/, 'a branch such as main')
  .refine(name => !name.includes('..') && !name.endsWith('/') && !name.endsWith('.lock'), 'a name that Git takes')

export const SetRemoteInput = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(500),
  branch: Branch.default('main'),
  /** Where others put changes to be reviewed. */
  proposalsBranch: Branch.default('proposals'),
  username: z.string().trim().max(200).default('git'),
  /** A password or token; left out: the one that is kept. */
  password: z.string().max(2_000).optional(),
  allowPrivateNetwork: z.boolean().default(false),
})

export const RemoveRemoteInput = z.strictObject({
  reason: z.string().trim().min(1, 'say why it is pushed there no more').max(500),
})

export const RemoteDto = z.strictObject({
  url: z.string(),
  branch: z.string(),
  proposalsBranch: z.string(),
  username: z.string(),
  hasPassword: z.boolean(),
  allowPrivateNetwork: z.boolean(),
  pushedOid: z.string().nullable(),
  pushedAt: Moment.nullable(),
  problem: z.string().nullable(),
})
export type RemoteDto = z.infer<typeof RemoteDto>

export const RepositoryDto = z.strictObject({
  commits: z.int(),
  /** Versions that wait for their commit. */
  waiting: z.int(),
  head: z.string().nullable(),
  headAt: Moment.nullable(),
  /** Where it is pushed to besides; null: nowhere. */
  remote: RemoteDto.nullable(),
  /** Records by kind. */
  kinds: z.array(z.strictObject({ kind: z.string(), records: z.int() })),
})
export type RepositoryDto = z.infer<typeof RepositoryDto>

const ImportReason = z.string().trim().min(1, 'say what the change is for').max(500)

export const ProposeChangesInput = z.strictObject({
  files: z
    .array(z.strictObject({ path: z.string().max(200), content: z.string().max(200_000) }))
    .min(1)
    .max(50),
  reason: ImportReason,
})

export const ProposeFromRemoteInput = z.strictObject({ reason: ImportReason })

export const ProposalDto = z.strictObject({
  path: z.string(),
  name: z.string(),
  outcome: z.enum(['asked', 'unchanged']),
  /** The request that waits. */
  approvalId: z.uuid().nullable(),
})
export type ProposalDto = z.infer<typeof ProposalDto>
