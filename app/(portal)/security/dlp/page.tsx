import { ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { StackedBarChart } from '#components/charts/bar-chart.tsx'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount, formatNumber } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { listDetectors } from '#lib/detectors/queries.ts'
import { listDlpEvents } from '#lib/dlp-events/queries.ts'
import { detectorRates } from '#lib/dlp-events/rates.ts'
import { type DetectorRateDto, ListDlpEventsQuery } from '#lib/dlp-events/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { DetectorRates } from './_components/detector-rates.tsx'
import { DlpTable } from './_components/dlp-table.tsx'

export const metadata: Metadata = { title: 'Data loss prevention' }

type Search = Record<string, string | string[] | undefined>

const DAYS = 30
const CHARTED = 5

export default function DlpPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const query = tableQueryOf(await searchParams, { filters: ['detector', 'action', 'feedback'] })
    const [events, rates, detectors] = await Promise.all([
      listDlpEvents(ctx, queryOf(query)),
      detectorRates(ctx, DAYS),
      listDetectors(ctx),
    ])
    return (
      <Page>
        <LiveRefresh topics={['events']} />
        <PageHeader
          title={headline(rates)}
          description="Where something was found, by which detector, and what was done. The values themselves are kept nowhere."
        />
        {rates.length > 0 ? <FindingsChart rates={rates.slice(0, CHARTED)} /> : null}
        <Section title="Findings" description="Newest first. Say when one was wrong: the rates below count it.">
          <DlpTable
            events={events.data}
            nextCursor={events.nextCursor}
            detectors={detectorChoices(detectors, rates)}
            judges={scopeOf(ctx.actor, 'guardrails.manage') !== null}
            empty={
              <EmptyState
                icon={<ShieldCheck />}
                title="Nothing was found yet"
                description="Findings appear here within seconds of the request."
              />
            }
            note={`${formatCount(events.data.length, 'finding')}${events.nextCursor ? ' on this page' : ''}`}
          />
        </Section>
        {rates.length > 0 ? (
          <Section title="By detector" description={`The last ${DAYS} days`}>
            <DetectorRates rates={rates} />
          </Section>
        ) : null}
      </Page>
    )
  })
}

function queryOf({ cursor, filters }: ReturnType<typeof tableQueryOf>) {
  const parsed = ListDlpEventsQuery.safeParse({
    detector: filters.detector?.[0],
    action: filters.action?.[0],
    feedback: filters.feedback?.[0],
    cursor: cursor ?? undefined,
  })
  return parsed.success ? parsed.data : ListDlpEventsQuery.parse({})
}

function headline(rates: readonly DetectorRateDto[]): string {
  const sum = (field: 'found' | 'blocked') => rates.reduce((total, rate) => total + rate[field], 0)
  if (sum('found') === 0) return `Nothing was found in ${DAYS} days`
  return `${formatNumber(sum('found'))} findings in ${DAYS} days, ${formatNumber(sum('blocked'))} of them blocked`
}

function FindingsChart({ rates }: { rates: readonly DetectorRateDto[] }) {
  const days = rates[0]?.days ?? []
  const points = days.map(({ day }, at) => ({
    at: `${day}T00:00:00.000Z`,
    values: Object.fromEntries(rates.map(rate => [rate.detector, rate.days[at]?.found ?? 0])),
    partial: at === days.length - 1,
  }))
  return (
    <StackedBarChart
      title="What is found?"
      subtitle="findings a day, by detector"
      points={points}
      series={rates.map(({ detector, name }) => ({ key: detector, label: name }))}
      unit="count"
      bucket="day"
      height={140}
      source={{ name: 'findings of the gateways', period: `the last ${DAYS} days`, asOf: new Date().toISOString() }}
    />
  )
}

/** Detectors with a rule, then patterns that were removed and whose findings are still there. */
function detectorChoices(...all: readonly (readonly Pick<DetectorRateDto, 'detector' | 'name'>[])[]) {
  return [...new Map(all.flat().map(({ detector, name }) => [detector, name]))].map(([value, label]) => ({
    value,
    label,
  }))
}
