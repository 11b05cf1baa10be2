import { SCOPES, type Scope } from '#core/permissions.ts'

export const USAGE_SCOPES = ['mine', 'team', 'organization'] as const
export type UsageScope = (typeof USAGE_SCOPES)[number]

const NEEDS: Record<UsageScope, Scope> = { mine: 'own', team: 'team', organization: 'organization' }

/** The views that somebody's permission reaches, from narrow to wide. */
export function reachableScopes(granted: Scope): UsageScope[] {
  return USAGE_SCOPES.filter(scope => SCOPES.indexOf(NEEDS[scope]) <= SCOPES.indexOf(granted))
}

/** The view that the address asks for; where it asks for none in reach, the widest. */
export function scopeOfAddress(asked: string | undefined, reachable: readonly UsageScope[]): UsageScope {
  return reachable.find(scope => scope === asked) ?? reachable.at(-1) ?? 'mine'
}
