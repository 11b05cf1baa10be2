import Link from 'next/link'
import { formatCount } from '#components/format.ts'
import { Section } from '#components/page/section.tsx'
import { Timeline } from '#components/page/timeline.tsx'
import type { HomeOverview } from '#lib/home/schema.ts'

/** What others did since the viewer was here. */
export function WhatChanged({ overview, mayReadAudit }: { overview: HomeOverview; mayReadAudit: boolean }) {
  const { changes, changedCount } = overview
  const more = changedCount - changes.length
  return (
    <Section title="What changed">
      {changes.length === 0 ? <p className="text-muted text-sm">Nothing that concerns you.</p> : null}
      <Timeline
        label="What changed"
        entries={changes.map(change => ({
          id: change.id,
          time: change.at,
          title: change.href ? (
            <Link href={change.href} className="underline-offset-3 hover:underline">
              {change.title}
            </Link>
          ) : (
            change.title
          ),
          detail: change.detail || undefined,
        }))}
      />
      {more > 0 && mayReadAudit ? (
        <Link
          href="/security/audit"
          className="mt-3 inline-block text-accent-text text-sm underline-offset-3 hover:underline"
        >
          {formatCount(more, 'more change')} in the audit log
        </Link>
      ) : null}
    </Section>
  )
}
