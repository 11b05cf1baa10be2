import { type Grants, PERMISSIONS, type Permission, type Role, SCOPES, type Scope } from '#core/permissions.ts'
import { grantsOf, ROLE_GRANTS } from '#core/role-grants.ts'

/** How far a grant reaches, in words. */
export const SCOPE_WORDS: Record<Scope, string> = { own: 'Own', team: 'Team', organization: 'All' }

const WHOSE: Record<Scope, string> = { own: 'Own', team: 'Of their teams', organization: 'Everywhere' }

/** What everybody who is active may do, whatever their roles. */
export const EVERYONE: Grants = grantsOf([])

/** What a role gives beyond what everybody has, by reach: "Everywhere: see API keys, see providers." */
export function roleGives(role: Role): string {
  if (role === 'administrator') return 'Everything, everywhere.'
  const given = (Object.entries(ROLE_GRANTS[role]) as [Permission, Scope][]).filter(
    ([permission, scope]) => EVERYONE[permission] !== scope,
  )
  const parts = [...SCOPES].reverse().flatMap(scope => {
    const named = given.filter(grant => grant[1] === scope).map(([permission]) => lowerFirst(PERMISSIONS[permission]))
    return named.length === 0 ? [] : [`${WHOSE[scope]}: ${named.join(', ')}.`]
  })
  return parts.length === 0 ? 'Nothing beyond what everybody has.' : parts.join(' ')
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
