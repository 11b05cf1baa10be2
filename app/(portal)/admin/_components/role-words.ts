import {
  type Grants,
  grantsOf,
  PERMISSIONS,
  type Permission,
  ROLE_GRANTS,
  type Role,
  type Scope,
} from '#core/permissions.ts'

/** How far a grant reaches, in words. */
export const SCOPE_WORDS: Record<Scope, string> = { own: 'Own', team: 'Team', organization: 'All' }

const WHOSE: Record<Scope, string> = { own: 'own', team: 'of their teams', organization: 'everywhere' }

/** What everybody who is active may do, whatever their roles. */
export const EVERYONE: Grants = grantsOf([])

/** What a role gives beyond what everybody has: "Issue API keys (of their teams), …". */
export function roleGives(role: Role): string {
  if (role === 'administrator') return 'Everything, everywhere.'
  const given = (Object.entries(ROLE_GRANTS[role]) as [Permission, Scope][])
    .filter(([permission, scope]) => EVERYONE[permission] !== scope)
    .map(([permission, scope]) => `${PERMISSIONS[permission]} (${WHOSE[scope]})`)
  return given.length === 0 ? 'Nothing beyond what everybody has.' : `${given.join('; ')}.`
}
