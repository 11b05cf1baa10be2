import type { Clause } from '#core/policies/read-policy.ts'
import type { LinkTarget } from './link-targets.ts'
import type { ClauseDto, StoredLinks } from './schema.ts'

/** Clauses with what enforces each: enforced by all its links, broken by one that is gone or off, else on paper only. */
export function clauseDtos(
  clauses: readonly Clause[],
  links: StoredLinks,
  targets: readonly LinkTarget[],
): ClauseDto[] {
  return clauses.map(({ ref, text, section }) => {
    const shown = (links[ref] ?? []).map((link): ClauseDto['links'][number] => {
      const target = targets.find(({ kind, id }) => kind === link.kind && id === link.id)
      if (!target) return { ...link, state: 'gone', effect: 'There is no such record any more', href: null }
      const { name, inForce, effect, href } = target
      return { ...link, name, state: inForce ? 'in_force' : 'off', effect, href }
    })
    const state =
      shown.length === 0 ? 'on_paper' : shown.every(link => link.state === 'in_force') ? 'enforced' : 'broken'
    return { ref, text, section, state, links: shown }
  })
}
