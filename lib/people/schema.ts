import { z } from 'zod'
import { isRole, ROLES, type Role } from '#core/permissions.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

export const EmailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('Enter an e-mail address, such as ada@example.com.'))
export const PersonName = z.string().trim().min(1, 'Enter a name.').max(120)

const RoleName = z.enum(Object.keys(ROLES) as [Role, ...Role[]])
const Roles = z
  .array(RoleName)
  .max(20)
  .transform(roles => [...new Set(roles)])
const Title = z.string().trim().max(120).nullable()

export const PERSON_STATUSES = ['active', 'deactivated'] as const
export const MEMBERSHIP_KINDS = ['member', 'lead'] as const

export const CreatePersonInput = z.strictObject({
  name: PersonName,
  email: EmailAddress,
  title: Title.default(null),
  roles: Roles.default(['developer']),
  /** Teams to join at once, as a member. */
  teamIds: z.array(z.uuid()).max(50).default([]),
})

export const UpdatePersonInput = z.strictObject({
  id: z.uuid(),
  name: PersonName.optional(),
  title: Title.optional(),
  roles: Roles.optional(),
})

export const PersonIdInput = z.strictObject({ id: z.uuid() })

export const DeactivatePersonInput = z.strictObject({
  id: z.uuid(),
  reason: z.string().trim().max(500).default(''),
})

export const PersonDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  title: z.string().nullable(),
  roles: z.array(RoleName),
  /** Those of the roles that a group of the identity provider gave; changing the group changes them. */
  groupRoles: z.array(RoleName),
  status: z.enum(PERSON_STATUSES),
  teams: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      kind: z.enum(MEMBERSHIP_KINDS),
      /** The group of the identity provider that made the membership; null: made by hand. */
      fromGroup: z.string().nullable(),
    }),
  ),
  lastSeenAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  deactivatedAt: z.iso.datetime().nullable(),
})
export type PersonDto = z.infer<typeof PersonDto>

export const ListPeopleQuery = PageQuery.extend({
  /** Part of a name or an e-mail address. */
  search: z.string().max(100).optional(),
  status: z.enum(PERSON_STATUSES).optional(),
  role: z.string().refine(isRole, 'one of the roles').optional(),
  teamId: z.uuid().optional(),
})
