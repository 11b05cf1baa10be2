import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { budgetHistory } from '#lib/budgets/budget-history.ts'
import { listIncreaseRequests } from '#lib/budgets/increase-requests.ts'
import { getBudget } from '#lib/budgets/queries.ts'
import type { BudgetDetailDto } from '#lib/budgets/schema.ts'
import { type Enforcement, enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { RecordAnnotations } from '../../../_components/annotations/record-annotations.tsx'
import { ControlledRisks } from '../../../_components/controlled-risks.tsx'
import { fleetLine } from '../../../_components/fleet-line.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { versionDecision } from '../../../_components/version-decision.tsx'
import { ArchiveBudget, ChangeLimit, RequestIncrease } from '../_components/budget-actions.tsx'
import { BudgetOverview } from '../_components/budget-overview.tsx'
import { courseOf, SCOPE_LABELS, spentText } from '../_components/budget-words.ts'
import { IncreaseRequests } from '../_components/increase-requests.tsx'

export const metadata: Metadata = { title: 'Budget' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

export default function BudgetPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const budget = await getBudget(ctx, id)
    const [versions, requests, enforcement] = await Promise.all([
      budgetHistory(ctx, id),
      listIncreaseRequests(ctx, id),
      enforcementOf(ctx, 'budget', id),
    ])
    const href = `/finance/budgets/${id}`
    const course = courseOf(budget, Date.now())
    const mayDecide = scopeOf(ctx.actor, 'budgets.manage') !== null
    return (
      <>
        <LiveRefresh topics={['events', 'config', 'notices']} />
        <RecordPage
          title={`${budget.name}: ${course.note}`}
          crumb={budget.name}
          status={<Badge tone={course.tone}>{budget.archivedAt ? 'Archived' : 'In force'}</Badge>}
          facts={[
            `USD ${spentText(budget)}`,
            budget.targetName ? `${SCOPE_LABELS[budget.scope]} ${budget.targetName}` : 'Whole organization',
            `version ${budget.version}`,
          ]}
          actions={budget.archivedAt ? null : <Actions ctx={ctx} budget={budget} />}
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=requests`, label: 'Increase requests', count: requests.length },
            { href: `${href}?tab=history`, label: 'History', count: versions.length },
          ]}
          currentTab={tab === 'requests' || tab === 'history' ? `${href}?tab=${tab}` : href}
          enforcedBy={enforcement ? [documentOf(budget, enforcement)] : []}
          fleet={enforcement ? fleetLine(enforcement) : undefined}
          decidedBy={versions.slice(0, 2).map(one => versionDecision(one, 'Set'))}
          rail={<ControlledRisks ctx={ctx} kind="budget" recordId={id} />}
        >
          {tab === 'requests' ? (
            <IncreaseRequests requests={requests} deciderId={mayDecide ? ctx.actor.id : null} />
          ) : tab === 'history' ? (
            <VersionHistory versions={versions} label="History of this budget" />
          ) : (
            <BudgetOverview budget={budget} />
          )}
          {!tab ? <RecordAnnotations ctx={ctx} kind="budget" id={id} /> : null}
        </RecordPage>
      </>
    )
  })
}

function Actions({ ctx, budget }: { ctx: Context; budget: BudgetDetailDto }) {
  const { id, name, limitUsd } = budget
  const mayManage = scopeOf(ctx.actor, 'budgets.manage') !== null
  const mayAsk = scopeOf(ctx.actor, 'budgets.request') !== null
  return (
    <>
      {mayManage ? <ChangeLimit id={id} name={name} limitUsd={limitUsd} /> : null}
      {mayAsk ? <RequestIncrease id={id} name={name} limitUsd={limitUsd} /> : null}
      {mayManage ? <ArchiveBudget id={id} name={name} limitUsd={limitUsd} /> : null}
    </>
  )
}

function documentOf(budget: BudgetDetailDto, { version }: Enforcement) {
  const effect = budget.stopUsd
    ? 'What a call can cost is reserved before it is sent; beyond the limit calls are refused with 402'
    : 'Calls are counted and thresholds act; nothing is refused'
  return { document: `budget/${budget.id}`, version: Number(version), effect }
}
