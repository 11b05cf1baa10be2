'use client'

import { BarChart, StackedBarChart } from '#components/charts/bar-chart.tsx'
import { LineChart } from '#components/charts/line-chart.tsx'
import type { ApprovalInsightDto } from '#lib/approvals/dto.ts'
import { HOUR_MS } from './insight-words.ts'

/** How deciding went, week by week: how long it took, what came of it, how many waited. */
export function InsightCharts({ weeks, asOf }: { weeks: ApprovalInsightDto['byWeek']; asOf: string }) {
  const source = { name: 'requests by the week they ended', period: 'last 90 days', asOf, href: '/approvals?view=all' }
  const points = weeks.map(({ startsAt, medianHours, p95Hours, ...counts }, at) => ({
    at: startsAt,
    partial: at === weeks.length - 1,
    values: {
      ...counts,
      median: medianHours === null ? null : medianHours * HOUR_MS,
      p95: p95Hours === null ? null : p95Hours * HOUR_MS,
    },
  }))
  const chart = { points, bucket: 'day' as const, source }
  return (
    <div className="grid gap-5 lg:grid-cols-2 xl:grid-cols-3">
      <LineChart
        {...chart}
        title="How long does it take to decide?"
        unit="ms"
        series={[
          { key: 'median', label: 'Median' },
          { key: 'p95', label: 'p95' },
        ]}
      />
      <StackedBarChart
        {...chart}
        title="What comes of requests?"
        unit="count"
        series={[
          { key: 'approved', label: 'Approved' },
          { key: 'rejected', label: 'Rejected' },
          { key: 'unanswered', label: 'Expired, void or withdrawn' },
        ]}
      />
      <BarChart
        {...chart}
        title="How many wait at the end of the week?"
        unit="count"
        series={[{ key: 'depth', label: 'Waiting' }]}
      />
    </div>
  )
}
