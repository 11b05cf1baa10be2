import { ChartNoAxesColumn } from 'lucide-react'
import type { Metadata } from 'next'
import { formatDuration, formatNumber, formatRelativeTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import type { ApprovalInsightDto } from '#lib/approvals/dto.ts'
import { approvalInsight } from '#lib/approvals/insight.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { ApprovalPages } from '../_components/approval-pages.tsx'
import { InsightCharts } from '../_components/insight-charts.tsx'
import { DeciderTable, RuleTable } from '../_components/insight-tables.tsx'
import { HOUR_MS, insightHeadline } from '../_components/insight-words.ts'

export const metadata: Metadata = { title: 'Approval insight' }

const DAYS = 90

export default function ApprovalInsightPage() {
  return renderPage(async ({ ctx }) => {
    const insight = await approvalInsight(ctx, { days: DAYS })
    const asOf = new Date().toISOString()
    return (
      <Page>
        <LiveRefresh topics={['approvals']} />
        <PageHeader
          crumb="Insight"
          title={insightHeadline(insight)}
          description={`Requests that ended in the last ${DAYS} days, and those that wait now.`}
        />
        <ApprovalPages seesAll current="/approvals/insight" />
        <Figures insight={insight} />
        {insight.decided === 0 && insight.pending === 0 ? (
          <EmptyState
            icon={<ChartNoAxesColumn />}
            title="Nothing has been decided yet"
            description="As soon as somebody asks for what needs a decision, this page tells how long deciding takes and what comes of it."
          />
        ) : (
          <>
            <InsightCharts weeks={insight.byWeek} asOf={asOf} />
            <Section
              title="What comes of each rule"
              description="A rule whose requests are always approved could decide by itself; one that nobody answers reaches the wrong people."
            >
              <RuleTable rules={insight.byRule} />
            </Section>
            <Section title="Who decides" description="Hardly read: approved within ten seconds after the request came.">
              <DeciderTable deciders={insight.byDecider} />
            </Section>
          </>
        )}
      </Page>
    )
  })
}

function Figures({ insight }: { insight: ApprovalInsightDto }) {
  const { pending, oldestPendingAt, decided, medianHours, p95Hours, byDecider } = insight
  const time = (hours: number | null) => formatDuration(hours === null ? null : hours * HOUR_MS)
  const unread = byDecider.reduce((sum, one) => sum + one.unread, 0)
  const approvals = byDecider.reduce((sum, one) => sum + one.approvals, 0)
  return (
    <StatRow>
      <Stat
        value={formatNumber(pending)}
        label="wait now"
        note={oldestPendingAt ? `the oldest since ${formatRelativeTime(oldestPendingAt)}` : undefined}
        href="/approvals?view=all"
      />
      <Stat value={time(medianHours)} label={`median to decide, ${insight.days} days`} />
      <Stat value={time(p95Hours)} label="p95 to decide" />
      <Stat value={formatNumber(decided)} label="ended" href="/approvals?view=all" />
      <Stat
        value={formatNumber(unread)}
        label={`of ${formatNumber(approvals)} approvals hardly read`}
        noteTone="warn"
        note={unread > 0 ? 'within ten seconds' : undefined}
      />
    </StatRow>
  )
}
