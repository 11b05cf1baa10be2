import 'server-only'
import { type Grants, isRole, ROLES, type Role } from '#core/permissions.ts'
import { ROLE_GRANTS } from '#core/role-grants.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'

export interface RoleDto {
  role: Role
  name: string
  grants: Grants
  /** Active people who have it. */
  people: number
}

/** Every role, what it grants, and how many people have it. */
export function listRoles(ctx: Context): Promise<RoleDto[]> {
  requirePermission(ctx, 'people.read')
  return read(ctx, async tx => {
    const where = { organizationId: ctx.organizationId, status: 'active' } as const
    const people = await tx.person.findMany({ where, select: { roles: true } })
    const counts = new Map<string, number>()
    for (const role of people.flatMap(person => person.roles)) counts.set(role, (counts.get(role) ?? 0) + 1)
    return Object.entries(ROLES).flatMap(([role, name]) =>
      isRole(role) ? [{ role, name, grants: ROLE_GRANTS[role], people: counts.get(role) ?? 0 }] : [],
    )
  })
}
