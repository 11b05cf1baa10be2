import { z } from 'zod'

const Words = z.array(z.string().trim().min(1).max(80)).max(50)

const Reason = z.string().trim().max(500).default('')

const facts = {
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().max(300),
  /** The name of a tier: what uses this data is classified at least so. */
  tier: z.string().trim().min(1).max(40),
  /** Who answers for it. */
  ownerId: z.uuid().nullable(),
  /** The systems that hold it. */
  systems: Words,
  /** Where it may be processed; empty: wherever its tier may. */
  regions: Words,
  /** Workloads that use it, by the name that callers send. */
  workloads: Words,
  reviewEveryDays: z.int().min(7, 'at least 7 days').max(730, 'at most 730 days'),
}

export const CreateDataSourceInput = z.strictObject({
  ...facts,
  description: facts.description.default(''),
  ownerId: facts.ownerId.default(null),
  systems: facts.systems.default([]),
  regions: facts.regions.default([]),
  workloads: facts.workloads.default([]),
  reviewEveryDays: facts.reviewEveryDays.default(182),
  reason: Reason,
})

export const UpdateDataSourceInput = z.strictObject(facts).partial().extend({ id: z.uuid(), reason: Reason })

export const ReviewDataSourceInput = z.strictObject({ id: z.uuid(), reason: Reason })

export const ArchiveDataSourceInput = z.strictObject({ id: z.uuid() })

export const DataSourceDto = z.strictObject({
  id: z.uuid(),
  /** What callers send in x-gatehouse-data-source. */
  slug: z.string(),
  ...facts,
  ownerName: z.string().nullable(),
  /** Keys in force that are tied to it. */
  keys: z.int(),
  reviewedAt: z.iso.datetime().nullable(),
  reviewedByName: z.string().nullable(),
  /** Null: it was never reviewed. */
  reviewDueAt: z.iso.datetime().nullable(),
  version: z.int(),
  updatedAt: z.iso.datetime(),
})
export type DataSourceDto = z.infer<typeof DataSourceDto>

/** How much of the traffic is known to use which data. */
export interface DataCoverage {
  /** Workloads that were seen in 30 days. */
  seen: number
  /** Of those, the ones that a data source names. */
  covered: number
  /** The busiest that none names. */
  uncovered: string[]
  /** Requests of 30 days, and of those the ones whose data source or tier is told by key, workload or caller. */
  requests: number
  withDataSource: number
  withTier: number
  /** Data sources that nobody owns, and those whose review is overdue or never was. */
  withoutOwner: number
  withoutReview: number
  /** Systems that hold registered data, by how many data sources each holds. */
  systems: { name: string; sources: number }[]
}
