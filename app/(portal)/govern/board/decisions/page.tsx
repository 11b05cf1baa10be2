import { Gavel } from 'lucide-react'
import type { Metadata } from 'next'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { listDecisions } from '#lib/board/decision-queries.ts'
import { ListDecisionsQuery } from '#lib/board/schema.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { BoardTabs } from '../_components/board-tabs.tsx'
import { DecisionsTable } from '../_components/decisions-table.tsx'
import { decisionsQuery } from './decisions-address.ts'

export const metadata: Metadata = { title: 'Board decisions' }

type Search = Record<string, string | string[] | undefined>

const MANY = 200

export default function DecisionsPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const params = await searchParams
    const [shown, inForce] = await Promise.all([
      listDecisions(ctx, decisionsQuery(params)),
      listDecisions(ctx, ListDecisionsQuery.parse({ inForce: 'yes', limit: MANY })),
    ])
    const open = inForce.data.reduce((sum, { openConditions }) => sum + openConditions, 0)
    const { search, filters } = tableQueryOf(params, { filters: ['outcome', 'kind', 'inForce'] })
    const narrowed = search !== '' || Object.keys(filters).length > 0
    return (
      <Page>
        <LiveRefresh topics={['board']} />
        <PageHeader
          title={headline(inForce.data.length, inForce.nextCursor !== null)}
          description={`${open === 0 ? 'All their conditions are met' : `${formatCount(open, 'condition')} of them still to be met`}. Every decision keeps what was decided on, with its hash.`}
        />
        <BoardTabs current="/govern/board/decisions" />
        <DecisionsTable
          decisions={shown.data}
          nextCursor={shown.nextCursor}
          csvHref={`/govern/board/decisions/csv?${new URLSearchParams(textsOf(params))}`}
          empty={
            <EmptyState
              icon={<Gavel />}
              title={narrowed ? 'No decision like this' : 'No decision yet'}
              description={
                narrowed
                  ? 'Search for other words, or take a filter away.'
                  : 'Decisions are recorded as they fall, in a meeting.'
              }
            />
          }
        />
      </Page>
    )
  })
}

function headline(count: number, more: boolean): string {
  if (count === 0) return 'No decision of the board is in force'
  return `${more ? 'More than ' : ''}${formatCount(count, 'decision')} of the board ${count === 1 ? 'is' : 'are'} in force`
}

function textsOf(params: Search): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )
}
