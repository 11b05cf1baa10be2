import { type Permission, ROLES, type Role } from '#core/permissions.ts'
import { ROLE_GRANTS } from '#core/role-grants.ts'

/** The names of the roles that hold a permission at any scope, in the order roles are listed. */
export function rolesThatGrant(permission: Permission): string[] {
  return (Object.keys(ROLES) as Role[]).filter(role => ROLE_GRANTS[role][permission]).map(role => ROLES[role])
}
