import Link from 'next/link'
import { Badge } from '#components/ui/badge.tsx'
import { LINK_TITLES } from '#lib/policies/link-kinds.ts'
import type { ClauseDto } from '#lib/policies/schema.ts'
import { LinkClause, type TargetChoice } from './link-clause.tsx'
import { CLAUSE_WORDS } from './policy-words.ts'

type Props = { policyId: string; clauses: readonly ClauseDto[]; targets: readonly TargetChoice[] | null }

/** Every clause with what enforces it; whoever writes the policy links it. */
export function ClausesPart({ policyId, clauses, targets }: Props) {
  if (clauses.length === 0) {
    return (
      <p className="max-w-xl text-muted text-sm">
        No clause yet. A list item that begins with a reference in bold, such as “- **D1** No …”, is one, and can be
        linked to what enforces it.
      </p>
    )
  }
  return (
    <ul aria-label="Clauses" className="flex flex-col divide-y divide-line border-line border-y">
      {clauses.map(clause => (
        <li key={clause.ref} className="grid gap-x-6 gap-y-2 py-3.5 md:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
          <div className="min-w-0">
            <p className="mb-1 flex flex-wrap items-center gap-2 text-muted text-xs">
              <span className="font-mono">{clause.ref}</span>
              <span>{clause.section}</span>
              <Badge tone={CLAUSE_WORDS[clause.state].tone}>{CLAUSE_WORDS[clause.state].label}</Badge>
            </p>
            <p className="text-sm leading-5.5">{clause.text}</p>
          </div>
          <div className="flex min-w-0 flex-col items-start gap-1.5 text-sm">
            {clause.links.map(link => (
              <p key={`${link.kind}-${link.id}`} className="min-w-0">
                <span className="text-muted">{LINK_TITLES[link.kind]} </span>
                {link.href ? (
                  <Link href={link.href} className="text-accent-text underline underline-offset-3">
                    {link.name}
                  </Link>
                ) : (
                  <span className="line-through">{link.name}</span>
                )}
                <span
                  className={link.state === 'in_force' ? 'block text-muted text-xs' : 'block text-bad-text text-xs'}
                >
                  {link.effect}
                </span>
              </p>
            ))}
            {clause.links.length === 0 ? <p className="text-muted">Nothing enforces it.</p> : null}
            {targets ? <LinkClause policyId={policyId} clause={clause} targets={targets} /> : null}
          </div>
        </li>
      ))}
    </ul>
  )
}
