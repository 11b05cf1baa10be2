import type { OnlyFor } from '#core/catalog/only-for.ts'

/** Whom a model is for, in words. */
export function forWhom({ useCases, teamIds, workloads }: OnlyFor, teamNames: ReadonlyMap<string, string>): string {
  const teams = teamIds.map(id => teamNames.get(id) ?? 'a team that is gone')
  const parts = [
    teams.length > 0 ? teams.join(' or ') : null,
    useCases.length > 0 ? `use case ${useCases.join(' or ')}` : null,
    workloads.length > 0 ? `workload ${workloads.join(' or ')}` : null,
  ].filter(part => part !== null)
  return parts.length > 0 ? parts.join(', ') : 'everybody'
}
