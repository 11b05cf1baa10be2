import { ListChecks } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { listActionItems } from '#lib/board/action-item-queries.ts'
import type { ActionItemDto } from '#lib/board/dto.ts'
import { boardOverview } from '#lib/board/queries.ts'
import { ListActionItemsQuery } from '#lib/board/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { ActionItemList } from '../_components/action-item-list.tsx'
import { BoardTabs } from '../_components/board-tabs.tsx'

export const metadata: Metadata = { title: 'Board action items' }

const MANY = 200
const SOON_MS = 7 * 86_400_000

export default function ActionItemsPage() {
  return renderPage(async ({ ctx }) => {
    const { data, nextCursor } = await listActionItems(ctx, ListActionItemsQuery.parse({ limit: MANY }))
    const whole = scopeOf(ctx.actor, 'board.read') === 'organization'
    const manages = whole && (await boardOverview(ctx)).may.manage
    const closableBy = { viewerId: ctx.actor.id, manages }
    const open = data.filter(({ state }) => state === 'open').sort((a, b) => a.dueAt.localeCompare(b.dueAt))
    const overdue = open.filter(item => item.overdue)
    const soon = open.filter(item => !item.overdue && Date.parse(item.dueAt) < Date.now() + SOON_MS)
    const later = open.filter(item => !overdue.includes(item) && !soon.includes(item))
    const groups: [string, ActionItemDto[]][] = [
      ['Overdue', overdue],
      ['Due within a week', soon],
      ['Later', later],
      ['Done or not needed any more', data.filter(({ state }) => state !== 'open')],
    ]
    return (
      <Page>
        <LiveRefresh topics={['board']} />
        <PageHeader
          title={headline(open.length, overdue.length)}
          description={`Conditions of decisions and tasks from meetings${whole ? '' : ' that are yours'}. Owners are reminded a week and a day before.${nextCursor ? ` The latest ${MANY}.` : ''}`}
        />
        {whole ? <BoardTabs current="/govern/board/action-items" /> : null}
        {data.length === 0 ? (
          <EmptyState
            icon={<ListChecks />}
            title="Nothing to do"
            description="Conditions come with decisions; action items are given at a meeting."
          />
        ) : null}
        {groups.map(([title, items]) =>
          items.length > 0 ? (
            <Section key={title} title={`${title}: ${items.length}`}>
              <ActionItemList items={items} closableBy={closableBy} />
            </Section>
          ) : null,
        )}
      </Page>
    )
  })
}

function headline(open: number, overdue: number): string {
  if (open === 0) return 'Everything the board asked for is done'
  const count = `${formatCount(open, 'action item')} of the board ${open === 1 ? 'is' : 'are'} open`
  return overdue === 0 ? count : `${count}, ${overdue} overdue`
}
