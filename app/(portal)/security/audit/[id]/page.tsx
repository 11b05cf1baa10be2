import type { Metadata } from 'next'
import { formatDateTime } from '#components/format.ts'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { getAuditEntry } from '#lib/audit-log/queries.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { actionText } from '../_components/audit-words.ts'
import { EntryDetails } from '../_components/entry-details.tsx'
import { SealBadge } from '../_components/seal-badge.tsx'

export const metadata: Metadata = { title: 'Audit entry' }

export default function AuditEntryPage({ params }: { params: Promise<{ id: string }> }) {
  return renderPage(async ({ ctx }) => {
    const entry = await getAuditEntry(ctx, (await params).id)
    return (
      <Page wide={false}>
        <PageHeader
          crumb={entry.action}
          badges={<SealBadge index={entry.index} />}
          title={`${entry.actor.name} ${actionText(entry.action)}`}
          description={`${entry.subject.name}, ${formatDateTime(entry.occurredAt)}`}
        />
        <EntryDetails entry={entry} />
      </Page>
    )
  })
}
