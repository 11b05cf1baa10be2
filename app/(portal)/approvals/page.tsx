import { Check } from 'lucide-react'
import type { Metadata } from 'next'
import { cn } from '#components/cn.ts'
import { formatAtLeast } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { type CountAtLeast, countWaiting, getApproval, listApprovals } from '#lib/approvals/queries.ts'
import { ListApprovalsQuery } from '#lib/approvals/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../_components/render-page.tsx'
import { ApprovalDetail } from './_components/approval-detail.tsx'
import { ApprovalPages } from './_components/approval-pages.tsx'
import { ApprovalQueue } from './_components/approval-queue.tsx'
import { type ApprovalView, headline } from './_components/approval-words.ts'

export const metadata: Metadata = { title: 'Approvals' }

type Props = { searchParams: Promise<{ view?: string; open?: string; cursor?: string }> }

/** Of what waits, as much as one decides at a time: the next come as these are decided. */
const MOST_SHOWN = 100

const VIEWS: readonly { view: ApprovalView; label: string }[] = [
  { view: 'waiting', label: 'Mine' },
  { view: 'asked', label: 'Asked by me' },
  { view: 'decided', label: 'Decided by me' },
  { view: 'all', label: 'All' },
]

export default function ApprovalsPage({ searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const { view: asked, open, cursor } = await searchParams
    const view = VIEWS.find(one => one.view === asked)?.view ?? 'waiting'
    const [{ data: found, nextCursor }, waiting] = await Promise.all([
      listApprovals(ctx, ListApprovalsQuery.parse({ view, ...(cursor ? { cursor } : {}) })),
      countWaiting(ctx),
    ])
    const data = view === 'waiting' ? found.slice(0, MOST_SHOWN) : found
    const openId = open ?? data[0]?.id ?? null
    const request = openId ? await getApproval(ctx, openId) : null
    return (
      <div className="flex min-h-full flex-col lg:flex-row">
        <div className={cn('flex min-w-0 flex-col lg:flex lg:w-[30rem] xl:w-[36rem]', open && 'hidden')}>
          <div className="flex flex-col gap-4 px-4 pt-6 md:px-6">
            <PageHeader
              title={headline(view, view === 'waiting' ? waiting : { count: data.length, more: false })}
              description={explain(view, data.length, waiting)}
            />
            <ApprovalPages seesAll={scopeOf(ctx.actor, 'approvals.read') === 'organization'} current="/approvals" />
            <TabLinks
              label="Requests"
              current={`/approvals?view=${view}`}
              items={VIEWS.map(one => ({
                href: `/approvals?view=${one.view}`,
                label: one.label,
                ...(one.view === 'waiting' ? { count: formatAtLeast(waiting) } : {}),
              }))}
            />
          </div>
          {data.length > 0 ? <ApprovalQueue requests={data} view={view} openId={openId} /> : <Nothing view={view} />}
          {nextCursor ? (
            <ButtonLink className="m-4 self-start" href={`/approvals?view=${view}&cursor=${nextCursor}`}>
              Older requests
            </ButtonLink>
          ) : null}
        </div>
        {request ? (
          <div
            className={cn(
              'min-w-0 flex-1 border-line px-4 py-6 max-lg:hidden md:px-7 lg:border-l',
              open && 'max-lg:block',
            )}
          >
            <ButtonLink variant="link" size="sm" className="mb-4 lg:hidden" href={`/approvals?view=${view}`}>
              Back to the list
            </ButtonLink>
            <ApprovalDetail key={request.id} request={request} viewerId={ctx.actor.id} />
          </div>
        ) : null}
      </div>
    )
  })
}

function explain(view: ApprovalView, shown: number, waiting: CountAtLeast): string {
  if (view !== 'waiting') return 'Newest first.'
  if (shown === 0) return 'What needs your decision appears here at once, and on Home.'
  const part = waiting.more || waiting.count > shown ? `The ${shown} that expire first` : 'By what expires first'
  return `${part}. Without a decision a request expires, which is a no.`
}

function Nothing({ view }: { view: ApprovalView }) {
  return (
    <div className="px-4 py-10 md:px-6">
      <EmptyState
        icon={<Check />}
        title={view === 'waiting' ? 'All decided' : 'Nothing here'}
        description={
          view === 'asked'
            ? 'Ask for a key beyond your team’s bounds on the key form, or for a higher limit on a budget’s page.'
            : 'Requests for keys beyond bounds and for higher budgets come here, each with its time to decide.'
        }
      />
    </div>
  )
}
