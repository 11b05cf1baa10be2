import type { Tone } from '#components/ui/badge.tsx'
import type { ClauseDto, PolicyDto, VersionState } from '#lib/policies/schema.ts'

export const VERSION_WORDS: Readonly<Record<VersionState, { label: string; tone: Tone }>> = {
  in_review: { label: 'Waits for Legal', tone: 'info' },
  legal_reviewed: { label: 'Waits for the sponsor', tone: 'info' },
  ratified: { label: 'In force', tone: 'ok' },
  superseded: { label: 'Superseded', tone: 'neutral' },
  turned_down: { label: 'Turned down', tone: 'neutral' },
}

export const CLAUSE_WORDS: Readonly<Record<ClauseDto['state'], { label: string; tone: Tone }>> = {
  enforced: { label: 'Enforced', tone: 'ok' },
  broken: { label: 'Broken link', tone: 'bad' },
  on_paper: { label: 'On paper only', tone: 'warn' },
}

/** Where a policy stands, for its badge. */
export function standingOf({ archivedAt, inForce, open }: PolicyDto): { label: string; tone: Tone } {
  if (archivedAt) return { label: 'Archived', tone: 'neutral' }
  if (inForce) return { label: `Version ${inForce.number} in force`, tone: 'ok' }
  if (open) return VERSION_WORDS[open.state]
  return { label: 'Draft', tone: 'neutral' }
}

/** What a policy's page answers first. */
export function headlineOf(policy: PolicyDto): string {
  const { name, archivedAt, inForce, open, coverage, clauses } = policy
  if (archivedAt) return `${name} is out of use`
  if (!inForce && !open) return `${name} is a draft that binds nobody yet`
  if (!inForce) return `${name} ${open?.state === 'in_review' ? 'waits for Legal' : 'waits for the sponsor'}`
  const read = coverage ? `${coverage.acknowledged} of ${coverage.asked} people have acknowledged it` : 'in force'
  return `${name}: ${read}, ${clauses.enforced} of ${clauses.total} clauses are enforced`
}

/** A share as a ratio; null when there is nothing to share. */
export function ratioOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
