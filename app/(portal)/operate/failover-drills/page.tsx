import { Siren } from 'lucide-react'
import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { type DrillCandidate, drillCandidates } from '#lib/failover-drills/drill-candidates.ts'
import { getDrillPlan } from '#lib/failover-drills/drill-plan.ts'
import { listDrills } from '#lib/failover-drills/queries.ts'
import { type DrillPlanDto, ListDrillsQuery } from '#lib/failover-drills/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { drillsTitle, planText } from './_components/drill-words.ts'
import { DrillsTable } from './_components/drills-table.tsx'
import { EditPlan } from './_components/edit-plan.tsx'
import { RecoveryChart } from './_components/recovery-chart.tsx'
import { StartDrill } from './_components/start-drill.tsx'

export const metadata: Metadata = { title: 'Failover drills' }

const MANY = 100

export default function FailoverDrillsPage() {
  return renderPage(async ({ ctx }) => {
    const [drills, plan, models] = await Promise.all([
      listDrills(ctx, ListDrillsQuery.parse({ limit: MANY })),
      getDrillPlan(ctx),
      drillCandidates(ctx),
    ])
    const manages = scopeOf(ctx.actor, 'routes.manage') !== null
    const choices = drillChoices(models)
    const start = manages ? <StartDrill models={choices} boundSeconds={plan.boundSeconds} /> : null
    return (
      <Page>
        <LiveRefresh topics={['drills']} />
        <PageHeader
          title={drillsTitle(drills.data)}
          description="A drill lets a model fail for its own calls through the gateway, and measures how soon another one answers."
          actions={start}
        />
        <Section
          title="The plan"
          description={<Plan plan={plan} />}
          actions={manages ? <EditPlan key={JSON.stringify(plan)} plan={plan} models={choices} /> : null}
        >
          {null}
        </Section>
        {drills.data.length === 0 ? (
          <EmptyState
            icon={<Siren />}
            title="No drill yet"
            description="Give a model an equivalent for an outage on its page, then try whether calls really go there."
            action={start}
          />
        ) : (
          <>
            <RecoveryChart drills={drills.data} asOf={new Date().toISOString()} />
            <Section title="History" description="Each is kept as evidence and does not change">
              <DrillsTable drills={drills.data} />
            </Section>
          </>
        )}
      </Page>
    )
  })
}

function Plan({ plan }: { plan: DrillPlanDto }) {
  return (
    <>
      {planText(plan)}
      {plan.nextAt ? (
        <>
          {' '}
          Next <RelativeTime time={plan.nextAt} />.
        </>
      ) : null}
    </>
  )
}

/** Whoever nobody could stand in for cannot be chosen: its drill would have failed before it began. */
function drillChoices(candidates: readonly DrillCandidate[]) {
  return candidates.map(({ id, identifier, provider, hasStandIn }) => ({
    value: id,
    label: identifier,
    hint: hasStandIn ? provider : `${provider}. Nobody could stand in: give it an equivalent for an outage first.`,
    disabled: !hasStandIn,
  }))
}
