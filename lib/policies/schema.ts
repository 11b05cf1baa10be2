import { z } from 'zod'
import { POLICY_KINDS } from '#core/policies/policy-kinds.ts'
import { CLAUSE_REF } from '#core/policies/read-policy.ts'
import { PageQuery } from '#lib/platform/pagination.ts'
import { LINK_KINDS } from './link-kinds.ts'

const Name = z.string().trim().min(1, 'a name, so that people know which policy it is').max(120)
const Reason = z.string().trim().max(500)
const Text = z.string().max(200_000, 'at most 200,000 characters')
const Ids = z.array(z.uuid()).max(500)
const ReviewEveryDays = z.int().min(7, 'at least 7 days').max(730, 'at most 730 days')
const Moment = z.iso.datetime()

/** States of a version; `draft` is what no version was made of yet. */
export const VERSION_STATES = ['in_review', 'legal_reviewed', 'ratified', 'superseded', 'turned_down'] as const
export type VersionState = (typeof VERSION_STATES)[number]

/** Whom a policy is circulated to: everybody, or the people of some teams. */
export const Audience = z.strictObject({ everyone: z.boolean(), teamIds: Ids })
export type Audience = z.infer<typeof Audience>

export const REQUIREMENT_SCOPES = ['off', 'everyone', 'teams'] as const

/** Which keys need a policy's acknowledgement, as it is stored. */
export const Requirement = z.strictObject({
  scope: z.enum(REQUIREMENT_SCOPES),
  teamIds: Ids,
  /** Days that people have, from ratification or from when it was switched on, whichever is later. */
  graceDays: z.int().min(0).max(90),
  /** When it was switched on; null: never. */
  since: Moment.nullable(),
})
export type Requirement = z.infer<typeof Requirement>

export const ClauseLink = z.strictObject({ kind: z.enum(LINK_KINDS), id: z.uuid() })
export const StoredLink = ClauseLink.extend({ name: z.string() })
export const StoredLinks = z.record(z.string(), z.array(StoredLink))
export type StoredLinks = z.infer<typeof StoredLinks>

export const CreatePolicyInput = z.strictObject({
  kind: z.enum(POLICY_KINDS),
  name: Name,
  ownerId: z.uuid().nullable().default(null),
  /** The template of its kind when left out. */
  text: Text.optional(),
  reviewEveryDays: ReviewEveryDays.default(91),
})

export const UpdatePolicyInput = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  ownerId: z.uuid().nullable().optional(),
  reviewEveryDays: ReviewEveryDays.optional(),
  reason: Reason.default(''),
})

export const SaveDraftInput = z.strictObject({
  id: z.uuid(),
  text: Text,
  /** The revision that was edited: an older one than the newest is not overwritten with. */
  revision: z.int().min(1),
})

export const SubmitPolicyInput = z.strictObject({
  id: z.uuid(),
  reason: z.string().trim().min(1, 'what is new and why, for those who decide').max(500),
  /** Nothing that people agreed to changes: they are not asked again. */
  editorial: z.boolean().default(false),
})

export const PolicyIdInput = z.strictObject({ id: z.uuid() })
export const PolicyReasonInput = z.strictObject({ id: z.uuid(), reason: Reason.default('') })

export const CirculatePolicyInput = z.strictObject({
  id: z.uuid(),
  everyone: z.boolean(),
  teamIds: Ids.default([]),
  reason: Reason.default(''),
})

export const SetRequirementInput = z.strictObject({
  id: z.uuid(),
  scope: z.enum(REQUIREMENT_SCOPES),
  teamIds: Ids.default([]),
  graceDays: z.int().min(0, 'no less than 0 days').max(90, 'at most 90 days').default(14),
  reason: Reason.default(''),
})

export const LinkClauseInput = z.strictObject({
  id: z.uuid(),
  clause: z.string().regex(CLAUSE_REF, 'a reference such as D1'),
  links: z.array(ClauseLink).max(12),
  reason: Reason.default(''),
})

export const ListPoliciesQuery = PageQuery.extend({
  kind: z.enum(POLICY_KINDS).optional(),
  search: z.string().max(100).optional(),
  /** `active` unless told. */
  state: z.enum(['active', 'archived', 'all']).default('active'),
})

const VersionRef = z.strictObject({
  id: z.uuid(),
  number: z.int(),
  state: z.enum(VERSION_STATES),
  sha256: z.string(),
  editorial: z.boolean(),
  since: Moment,
})
export type VersionRef = z.infer<typeof VersionRef>

export const PolicyDto = z.strictObject({
  id: z.uuid(),
  kind: z.enum(POLICY_KINDS),
  name: z.string(),
  ownerId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  /** The ratified version; null: none yet. */
  inForce: VersionRef.nullable(),
  /** The version that waits for Legal or the sponsor; null: none does. */
  open: VersionRef.nullable(),
  /** The version whose acknowledgement people are asked for; null: none. */
  asked: VersionRef.nullable(),
  audience: Audience,
  requirement: Requirement,
  reviewEveryDays: z.int(),
  reviewDueAt: Moment.nullable(),
  clauses: z.strictObject({ total: z.int(), enforced: z.int(), broken: z.int(), onPaper: z.int() }),
  /** People asked and those of them who have acknowledged; null: nobody is asked. */
  coverage: z.strictObject({ asked: z.int(), acknowledged: z.int() }).nullable(),
  /** Of the caller: whether they are asked, and whether they have acknowledged. */
  mine: z.strictObject({ asked: z.boolean(), acknowledged: z.boolean() }),
  version: z.int(),
  createdAt: Moment,
  updatedAt: Moment,
  archivedAt: Moment.nullable(),
})
export type PolicyDto = z.infer<typeof PolicyDto>

export const LINK_STATES = ['in_force', 'off', 'gone'] as const

export const ClauseDto = z.strictObject({
  ref: z.string(),
  text: z.string(),
  section: z.string(),
  /** enforced: by all its links; broken: a link is gone or switched off; on_paper: nothing enforces it. */
  state: z.enum(['enforced', 'broken', 'on_paper']),
  links: z.array(
    StoredLink.extend({
      state: z.enum(LINK_STATES),
      /** What it does at the gateway, in words. */
      effect: z.string(),
      href: z.string().nullable(),
    }),
  ),
})
export type ClauseDto = z.infer<typeof ClauseDto>

export const PolicyDetailDto = PolicyDto.extend({
  /** Of the version in force; without one, of the version on its way, else of the draft. */
  text: z.string(),
  clauseList: z.array(ClauseDto),
  /** For those who write it; null for anybody else. */
  draft: z
    .strictObject({
      text: z.string(),
      revision: z.int(),
      savedAt: Moment,
      authorName: z.string(),
      differs: z.boolean(),
    })
    .nullable(),
})
export type PolicyDetailDto = z.infer<typeof PolicyDetailDto>

export const PolicyVersionDto = z.strictObject({
  id: z.uuid(),
  policyId: z.uuid(),
  number: z.int(),
  state: z.enum(VERSION_STATES),
  sha256: z.string(),
  editorial: z.boolean(),
  reason: z.string(),
  authorName: z.string(),
  reviewedByName: z.string().nullable(),
  reviewedAt: Moment.nullable(),
  ratifiedByName: z.string().nullable(),
  ratifiedAt: Moment.nullable(),
  circulatedAt: Moment.nullable(),
  endedAt: Moment.nullable(),
  createdAt: Moment,
  text: z.string(),
})
export type PolicyVersionDto = z.infer<typeof PolicyVersionDto>
