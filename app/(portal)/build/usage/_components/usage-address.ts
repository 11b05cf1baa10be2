import { z } from 'zod'
import type { Scope } from '#core/permissions.ts'
import { type UsageRange, usageRangeOf } from './usage-range.ts'
import { reachableScopes, scopeOfAddress, type UsageScope } from './usage-scope.ts'

const Search = z.object({
  scope: z.string().optional().catch(undefined),
  range: z.string().optional().catch(undefined),
  from: z.string().optional().catch(undefined),
  to: z.string().optional().catch(undefined),
  team: z.uuid().optional().catch(undefined),
  by: z.enum(['model', 'team', 'key', 'person']).catch('model'),
})

export interface UsageAddress {
  scope: UsageScope
  reachable: UsageScope[]
  range: UsageRange
  teamId: string | undefined
  by: 'model' | 'team' | 'key' | 'person'
  /** Whose usage it is, as the queries take it. */
  filters: { personId?: string; teamId?: string }
}

/** What the page and its CSV show, read from the address and held to what the person's permission reaches. */
export function readUsageAddress(params: unknown, granted: Scope, personId: string): UsageAddress {
  const search = Search.parse(params)
  const reachable = reachableScopes(granted)
  const scope = scopeOfAddress(search.scope, reachable)
  const teamId = scope === 'team' ? search.team : undefined
  const filters = scope === 'mine' ? { personId } : teamId ? { teamId } : {}
  return { scope, reachable, range: usageRangeOf(search), teamId, by: search.by, filters }
}

/** The address of the page with some of it changed; null leaves a part out. */
export function usageHref(params: Record<string, unknown>, changes: Record<string, string | null>): string {
  const kept = Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const next = new URLSearchParams(kept)
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) next.delete(key)
    else next.set(key, value)
  }
  const query = next.toString()
  return query ? `/build/usage?${query}` : '/build/usage'
}
