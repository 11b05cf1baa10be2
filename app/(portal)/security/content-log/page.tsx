import { MessageSquareLock } from 'lucide-react'
import type { Metadata } from 'next'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount, formatNumber, formatRelativeTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { listContentAudits } from '#lib/content-log/audits.ts'
import { contentOverview, listContent, listContentReads } from '#lib/content-log/queries.ts'
import { type ContentAuditDto, type ContentOverviewDto, ListContentQuery } from '#lib/content-log/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { AuditHistory } from './_components/audit-history.tsx'
import { ContentChart } from './_components/content-chart.tsx'
import { ContentReads } from './_components/content-reads.tsx'
import { ContentTable } from './_components/content-table.tsx'
import { ContentTiers } from './_components/content-tiers.tsx'
import { ManageContentLog } from './_components/manage-content-log.tsx'
import { RunAudit } from './_components/run-audit.tsx'

export const metadata: Metadata = { title: 'Content log' }

type Search = Record<string, string | string[] | undefined>

export default function ContentLogPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const params = await searchParams
    const query = queryOf(tableQueryOf(params, { filters: ['tier', 'logging'] }))
    const [overview, entries, reads, audits] = await Promise.all([
      contentOverview(ctx),
      listContent(ctx, query),
      listContentReads(ctx, 25),
      listContentAudits(ctx),
    ])
    const manages = scopeOf(ctx.actor, 'content.manage') !== null
    return (
      <Page>
        <LiveRefresh topics={['config', 'notices']} />
        <PageHeader
          title={headline(overview)}
          description="What was asked and answered, encrypted, as each tier allows. Nothing here can be searched by its content, and every read is in the audit log."
          actions={manages ? <ManageContentLog enabled={overview.enabled} /> : null}
        />
        <Proof audits={audits} enabled={overview.enabled} />
        <ContentChart overview={overview} />
        <Section title="By tier" description="What a tier keeps and for how long is set under Classification.">
          <ContentTiers tiers={overview.tiers} enabled={overview.enabled} />
        </Section>
        <Section
          title="Audits"
          description="Every entry is checked against its request, its tier at that time and retention; a sample is decrypted and inspected."
          actions={manages ? <RunAudit /> : null}
        >
          <AuditHistory audits={audits} openId={typeof params.audit === 'string' ? params.audit : undefined} />
        </Section>
        <Section title="Reads" description="Who opened which request’s content, when and why">
          <ContentReads reads={reads} />
        </Section>
        <Section title="Entries" description="Newest first, without their content. Open a request to read it.">
          <ContentTable
            entries={entries.data}
            nextCursor={entries.nextCursor}
            tiers={overview.tiers.map(({ name }) => name)}
            empty={
              <EmptyState
                icon={<MessageSquareLock />}
                title="No content is kept"
                description={
                  overview.enabled
                    ? 'Entries appear within seconds of a request whose tier keeps content.'
                    : 'The content log is switched off: gateways keep no prompt and no answer.'
                }
              />
            }
            note={`${formatCount(entries.data.length, 'entry', 'entries')}${entries.nextCursor ? ' on this page' : ''}`}
          />
        </Section>
      </Page>
    )
  })
}

function queryOf({ cursor, search, filters }: ReturnType<typeof tableQueryOf>): ListContentQuery {
  const parsed = ListContentQuery.safeParse({
    tier: filters.tier?.[0],
    logging: filters.logging?.[0],
    search: search || undefined,
    cursor: cursor ?? undefined,
    limit: 25,
  })
  // A filter that the URL has wrong shows nothing rather than everything.
  return parsed.success ? parsed.data : { search: '00000000-0000-7000-8000-000000000000' }
}

function headline({ enabled, tiers }: ContentOverviewDto): string {
  const entries = tiers.reduce((sum, tier) => sum + tier.entries, 0)
  if (!enabled)
    return entries === 0 ? 'No content is kept' : `Content is kept no more; ${formatNumber(entries)} entries are left`
  const keeping = tiers.filter(tier => tier.logging !== 'metadata').map(({ name }) => name)
  if (keeping.length === 0) return 'Every tier keeps metadata only'
  const names = new Intl.ListFormat('en', { type: 'conjunction' }).format(keeping)
  return `Content is kept of ${names}: ${formatNumber(entries)} requests`
}

/** The last audit's verdict, above everything else. */
function Proof({ audits: [latest], enabled }: { audits: readonly ContentAuditDto[]; enabled: boolean }) {
  if (!latest) {
    return enabled ? (
      <Callout tone="info" title="Not audited yet">
        The worker audits the content log every night.
      </Callout>
    ) : null
  }
  const { violations, entries, sampleSize, record } = latest
  const when = formatRelativeTime(record.effectiveAt)
  return violations === 0 ? (
    <Callout tone="ok" title="Nothing is kept that must not be">
      {formatNumber(entries)} entries were checked and {formatNumber(sampleSize)} of them decrypted and inspected,{' '}
      {when}.
    </Callout>
  ) : (
    <Callout tone="bad" title={`${formatCount(violations, 'finding')} in the last audit`}>
      {formatNumber(entries)} entries were checked and {formatNumber(sampleSize)} of them inspected, {when}. See Audits
      below.
    </Callout>
  )
}
