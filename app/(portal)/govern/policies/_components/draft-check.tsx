import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import type { PolicyCheck } from '#core/policies/completeness.ts'

const STATES = {
  there: { label: 'There', tone: 'ok' },
  thin: { label: 'Too short', tone: 'warn' },
  missing: { label: 'Missing', tone: 'bad' },
} as const

/** What a draft still needs before it can be reviewed, and which words nobody could be held to. */
export function DraftCheck({ check }: { check: PolicyCheck }) {
  const { sections, clauses, repeated, vague } = check
  return (
    <Section
      title={check.complete ? 'The draft is complete' : 'What the draft still needs'}
      description={`${clauses} ${clauses === 1 ? 'clause' : 'clauses'}, each a list item that begins with a reference in bold: “- **D1** No …”`}
    >
      <ul aria-label="Demanded sections" className="grid gap-x-8 gap-y-2 text-sm md:grid-cols-2">
        {sections.map(({ title, asks, state }) => (
          <li key={title} className="flex min-w-0 items-baseline justify-between gap-3 border-line border-b pb-2">
            <span className="min-w-0">
              <span className="font-medium">{title}</span>
              <span className="block text-muted text-xs">{asks}</span>
            </span>
            <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge>
          </li>
        ))}
      </ul>
      {repeated.length > 0 ? (
        <p className="mt-3 text-bad-text text-sm">More than one clause is called {repeated.join(', ')}.</p>
      ) : null}
      {vague.length > 0 ? (
        <p className="mt-3 text-sm text-warn-text">
          Nobody can be held to {vague.map(({ ref, words }) => `“${words}” in ${ref}`).join(', ')}. Say what is allowed
          and what is not.
        </p>
      ) : null}
    </Section>
  )
}
