import { ScrollText } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount, formatDateTime, formatNumber } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { RouteSheet } from '#components/page/route-sheet.tsx'
import { getAuditEntry, listAuditEntries } from '#lib/audit-log/queries.ts'
import type { AuditEntryDto } from '#lib/audit-log/schema.ts'
import { type SealState, sealState } from '#lib/audit-log/seal-state.ts'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import { portalUrl } from '#lib/platform/addresses.ts'
import type { Context } from '#lib/platform/context.ts'
import { listSavedViews } from '#lib/saved-views/queries.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { SavedViewsBar } from '../../operate/_components/saved-views-bar.tsx'
import { exportHref } from './_components/audit-filters.ts'
import { auditQueryOf } from './_components/audit-query.ts'
import { AuditTable } from './_components/audit-table.tsx'
import { actionText } from './_components/audit-words.ts'
import { EntryDetails } from './_components/entry-details.tsx'
import { SealPanel } from './_components/seal-panel.tsx'

export const metadata: Metadata = { title: 'Audit log' }

type Search = Record<string, string | string[] | undefined>

const MANY = 200

export default function AuditPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const params = await searchParams
    const query = auditQueryOf(params, Date.now())
    const [entries, seal, people, views, open] = await Promise.all([
      listAuditEntries(ctx, query),
      sealState(ctx),
      listPeople(ctx, ListPeopleQuery.parse({ limit: MANY })),
      listSavedViews(ctx, 'audit'),
      openEntry(ctx, params.open),
    ])
    return (
      <Page>
        <LiveRefresh topics={['config', 'keys']} />
        <PageHeader
          title={headline(seal)}
          description="Written in the same transaction as each change. Nobody can change or delete an entry, and taking an export is an entry itself."
        />
        <SealPanel state={seal} portalUrl={portalUrl()} />
        <div className="flex flex-col gap-3">
          <SavedViewsBar table="audit" views={views} />
          <AuditTable
            entries={entries.data}
            nextCursor={entries.nextCursor}
            people={people.data}
            openId={open?.id}
            exports={[
              { label: 'JSON lines, which can be proved', href: exportHref(query, 'jsonl') },
              { label: 'CSV', href: exportHref(query, 'csv') },
              { label: 'OCSF, for a SIEM', href: exportHref(query, 'ocsf') },
            ]}
            empty={
              <EmptyState
                icon={<ScrollText />}
                title="No entry yet"
                description="The first change made here is the first entry."
              />
            }
            note={`${formatCount(entries.data.length, 'entry', 'entries')}${entries.nextCursor ? ' on this page' : ''}, newest first`}
          />
        </div>
        {open ? <EntrySheet entry={open} search={params} /> : null}
      </Page>
    )
  })
}

async function openEntry(ctx: Context, id: string | string[] | undefined): Promise<AuditEntryDto | null> {
  return typeof id === 'string' ? getAuditEntry(ctx, id).catch(() => null) : null
}

function headline({ checkpoint, waiting }: SealState): string {
  const entries = (checkpoint?.treeSize ?? 0) + waiting
  if (entries === 0) return 'Nothing has been changed yet'
  const all = `${formatNumber(entries)} ${entries === 1 ? 'change is' : 'changes are'} on record`
  return waiting === 0 ? `${all}, all of them sealed` : all
}

function EntrySheet({ entry, search }: { entry: AuditEntryDto; search: Search }) {
  const kept = Object.entries(search).filter(
    (each): each is [string, string] => typeof each[1] === 'string' && each[0] !== 'open',
  )
  return (
    <RouteSheet
      title={`${entry.actor.name} ${actionText(entry.action)}`}
      description={`${entry.subject.name}, ${formatDateTime(entry.occurredAt)}`}
      href={`/security/audit/${entry.id}`}
      closeHref={kept.length > 0 ? `/security/audit?${new URLSearchParams(kept)}` : '/security/audit'}
    >
      <EntryDetails entry={entry} />
    </RouteSheet>
  )
}
