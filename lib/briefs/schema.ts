import { z } from 'zod'
import { BriefContent } from '#core/workloads/brief.ts'
import { BRIEF_STEPS } from '#core/workloads/brief-steps.ts'
import { PageQuery } from '#lib/platform/pagination.ts'
import { WorkloadSlug } from '#lib/workloads/schema.ts'

export const BRIEF_STATES = ['draft', 'submitted', 'approved', 'returned', 'discarded'] as const
export type BriefState = (typeof BRIEF_STATES)[number]

const Name = z.string().trim().max(80)
const Reason = z.string().trim().max(500)
const Moment = z.iso.datetime()

export const CreateBriefInput = z.strictObject({
  name: Name.min(1, 'a name, so that people know which workload it is about'),
  /** What callers send already, or will send; made of the name unless told. */
  slug: WorkloadSlug.nullable().default(null),
  /** A registered workload that it is about; null: a new one. */
  workloadId: z.uuid().nullable().default(null),
  teamId: z.uuid().nullable().default(null),
})

/** What is left out stays; of the content, each part by itself. */
export const SaveBriefInput = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  teamId: z.uuid().nullable().optional(),
  ownerId: z.uuid().nullable().optional(),
  content: BriefContent.optional(),
})

export const SubmitBriefInput = z.strictObject({
  id: z.uuid(),
  /** Why now, for whoever decides. */
  reason: Reason.default(''),
})

export const DiscardBriefInput = z.strictObject({ id: z.uuid(), reason: Reason.default('') })

export const ListBriefsQuery = PageQuery.extend({
  search: z.string().max(100).optional(),
  state: z.enum(BRIEF_STATES).optional(),
  teamId: z.uuid().optional(),
  workloadId: z.uuid().optional(),
})

export const BriefDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  slug: z.string().nullable(),
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  ownerId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  authorId: z.uuid().nullable(),
  authorName: z.string(),
  state: z.enum(BRIEF_STATES),
  /** Counts what was submitted. */
  version: z.int(),
  /** Share of its steps in which nothing is lacking, from 0 to 1. */
  progress: z.number(),
  workloadId: z.uuid().nullable(),
  approvalId: z.uuid().nullable(),
  /** Why it came back, in words. */
  outcome: z.string().nullable(),
  submittedAt: Moment.nullable(),
  createdAt: Moment,
  updatedAt: Moment,
})
export type BriefDto = z.infer<typeof BriefDto>

export const BriefDetailDto = BriefDto.extend({
  content: BriefContent,
  /** Whether the caller may go on writing it. */
  mine: z.boolean(),
  /** What it still lacks, in the order of its steps. */
  problems: z.array(
    z.strictObject({
      step: z.enum(BRIEF_STEPS),
      field: z.string(),
      message: z.string(),
    }),
  ),
  /** What the catalog says against its models, with the fix. */
  findings: z.array(
    z.strictObject({ modelId: z.string(), message: z.string(), fix: z.string(), blocking: z.boolean() }),
  ),
  /** Briefs and workloads that may be the same, the most alike first. */
  alike: z.array(
    z.strictObject({
      kind: z.enum(['brief', 'workload']),
      id: z.uuid(),
      name: z.string(),
      objective: z.string(),
      /** From 0 to 1. */
      likeness: z.number(),
    }),
  ),
  /** The names that `content` gives as ids. */
  models: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  /** The least tier of its calls; null: the lowest. */
  tier: z.string().nullable(),
})
export type BriefDetailDto = z.infer<typeof BriefDetailDto>
