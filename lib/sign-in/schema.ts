import { z } from 'zod'
import { ROLES, type Role } from '#core/permissions.ts'
import { MEMBERSHIP_KINDS } from '#lib/people/schema.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

export const CreateSignInLinkInput = z.strictObject({ personId: z.uuid() })

/** The only answer that carries the link. */
export const SignInLinkDto = z.strictObject({
  id: z.uuid(),
  url: z.url(),
  expiresAt: z.iso.datetime(),
})

export const SignInWithLinkInput = z.strictObject({ token: z.string().min(1).max(128) })
export const SignInAsPersonaInput = z.strictObject({ personId: z.uuid() })

const RoleName = z.enum(Object.keys(ROLES) as [Role, ...Role[]])

export const AddGroupMappingInput = z
  .strictObject({
    /** As the identity provider's group claim has it: a name, or an object id. */
    group: z.string().trim().min(1).max(200),
    teamId: z.uuid().nullable().default(null),
    membership: z.enum(MEMBERSHIP_KINDS).default('member'),
    role: RoleName.nullable().default(null),
  })
  .refine(input => input.teamId !== null || input.role !== null, {
    path: ['teamId'],
    message: 'a team, a role, or both: a mapping to neither would do nothing',
  })

export const GroupMappingDto = z.strictObject({
  id: z.uuid(),
  group: z.string(),
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  membership: z.enum(MEMBERSHIP_KINDS).nullable(),
  role: RoleName.nullable(),
  createdAt: z.iso.datetime(),
})
export type GroupMappingDto = z.infer<typeof GroupMappingDto>

export const ListGroupMappingsQuery = PageQuery.extend({ teamId: z.uuid().optional() })
