import { Plus, Wallet } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount, formatDateTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { listBudgets } from '#lib/budgets/queries.ts'
import { type BudgetDto, ListBudgetsQuery } from '#lib/budgets/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { BudgetMeter } from './_components/budget-meter.tsx'
import { courseOf, headline, usedRatio } from './_components/budget-words.ts'

export const metadata: Metadata = { title: 'Budgets' }

const MANY = 200

export default function BudgetsPage() {
  return renderPage(async ({ ctx }) => {
    const { data, nextCursor } = await listBudgets(ctx, ListBudgetsQuery.parse({ limit: MANY }))
    const now = Date.now()
    const mayManage = scopeOf(ctx.actor, 'budgets.manage') !== null
    const looks = data.filter(budget => courseOf(budget, now).needsLook).sort(byUse)
    const calm = data.filter(budget => !looks.includes(budget)).sort(byUse)
    const add = mayManage ? (
      <ButtonLink href="/finance/budgets/new" variant="primary">
        <Plus aria-hidden />
        New budget
      </ButtonLink>
    ) : null
    return (
      <Page>
        <LiveRefresh topics={['events', 'config']} />
        <PageHeader
          title={headline(data, now)}
          description={`US dollars, as gateways recorded them up to ${formatDateTime(now)}.${nextCursor ? ` The first ${MANY} by name.` : ''}`}
          actions={add}
        />
        {data.length === 0 ? (
          <EmptyState
            icon={<Wallet />}
            title="No budget yet"
            description="A budget holds for a team, a key, a model or everything. Gateways reserve what a call can cost before they send it, so it cannot be overspent."
            action={add}
          />
        ) : null}
        <Meters title="Budgets that need a look" budgets={looks} now={now} />
        <Meters title={`${formatCount(calm.length, 'budget')} on course`} budgets={calm} now={now} />
      </Page>
    )
  })
}

function Meters({ title, budgets, now }: { title: string; budgets: readonly BudgetDto[]; now: number }) {
  if (budgets.length === 0) return null
  return (
    <Section title={title}>
      <ul className="grid gap-x-12 gap-y-6 md:grid-cols-2 xl:grid-cols-3">
        {budgets.map(budget => (
          <li key={budget.id} className="border-line border-b pb-5">
            <BudgetMeter budget={budget} now={now} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function byUse(a: BudgetDto, b: BudgetDto): number {
  return usedRatio(b) - usedRatio(a)
}
