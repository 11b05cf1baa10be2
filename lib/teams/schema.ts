import { z } from 'zod'
import { NanoUsd, UsdAmount } from '#core/money.ts'
import { MEMBERSHIP_KINDS } from '#lib/people/schema.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

const MaxLifetimeDays = z.int().min(1).max(730)
const MaxRequestsPerMinute = z.int().min(1).max(100_000)

/** What a member of the team may give a key without asking anyone, as it is stored. */
export const KeyBounds = z.strictObject({
  maxLifetimeDays: MaxLifetimeDays,
  maxRequestsPerMinute: MaxRequestsPerMinute,
  maxDailyLimitNanoUsd: NanoUsd,
})
export type KeyBounds = z.infer<typeof KeyBounds>

export const DEFAULT_KEY_BOUNDS: z.input<typeof KeyBounds> = {
  maxLifetimeDays: 365,
  maxRequestsPerMinute: 600,
  maxDailyLimitNanoUsd: '50000000000',
}

/** The same as the API takes it; a bound that is left out stays. */
const KeyBoundsInput = z.strictObject({
  maxLifetimeDays: MaxLifetimeDays.optional(),
  maxRequestsPerMinute: MaxRequestsPerMinute.optional(),
  maxDailyLimitUsd: UsdAmount.optional(),
})
export type KeyBoundsInput = z.output<typeof KeyBoundsInput>

const TeamName = z.string().trim().min(1, 'Enter a name.').max(80)
const Description = z.string().trim().max(500)
const CostCentre = z.string().trim().max(60).nullable()

export const CreateTeamInput = z.strictObject({
  name: TeamName,
  description: Description.default(''),
  costCentre: CostCentre.default(null),
  keyBounds: KeyBoundsInput.default({}),
})

export const UpdateTeamInput = z.strictObject({
  id: z.uuid(),
  name: TeamName.optional(),
  description: Description.optional(),
  costCentre: CostCentre.optional(),
  keyBounds: KeyBoundsInput.optional(),
})

export const TeamIdInput = z.strictObject({ id: z.uuid() })

export const SetMemberInput = z.strictObject({
  teamId: z.uuid(),
  personId: z.uuid(),
  kind: z.enum(MEMBERSHIP_KINDS).default('member'),
})

export const RemoveMemberInput = z.strictObject({ teamId: z.uuid(), personId: z.uuid() })

const Member = z.strictObject({
  personId: z.uuid(),
  name: z.string(),
  email: z.string(),
  kind: z.enum(MEMBERSHIP_KINDS),
  active: z.boolean(),
  /** The group of the identity provider that made the membership; null: made by hand. */
  fromGroup: z.string().nullable(),
})

export const TeamDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  description: z.string(),
  costCentre: z.string().nullable(),
  keyBounds: z.strictObject({
    maxLifetimeDays: z.int(),
    maxRequestsPerMinute: z.int(),
    maxDailyLimitUsd: z.string(),
  }),
  memberCount: z.int(),
  leads: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  createdAt: z.iso.datetime(),
  archivedAt: z.iso.datetime().nullable(),
})
export type TeamDto = z.infer<typeof TeamDto>

/** A team with its people, leads first. */
export const TeamDetailDto = TeamDto.extend({ members: z.array(Member) })
export type TeamDetailDto = z.infer<typeof TeamDetailDto>

export const MemberDto = Member.extend({ teamId: z.uuid() })
export type MemberDto = z.infer<typeof MemberDto>

export const ListTeamsQuery = PageQuery.extend({
  search: z.string().max(100).optional(),
  /** `active` unless told. */
  state: z.enum(['active', 'archived', 'all']).default('active'),
  /** Teams this person is in. */
  personId: z.uuid().optional(),
})
