import { LineChart } from '#components/charts/line-chart.tsx'
import type { ExemptionFiguresDto } from '#lib/exemptions/schema.ts'

/** How many exemptions were granted, ended and were open, month by month. */
export function ExemptionTrend({ trend, asOf }: { trend: ExemptionFiguresDto['trend']; asOf: string }) {
  return (
    <LineChart
      title="Are exemptions becoming the rule?"
      subtitle="exemptions a month; open ones at its end"
      points={trend.map(({ month, granted, ended, open }, index) => ({
        at: `${month}-01T00:00:00Z`,
        values: { granted, ended, open },
        partial: index === trend.length - 1,
      }))}
      series={[
        { key: 'open', label: 'Open' },
        { key: 'granted', label: 'Granted' },
        { key: 'ended', label: 'Ended' },
      ]}
      unit="count"
      bucket="month"
      height={170}
      source={{ name: 'the register', period: 'the last twelve months', asOf }}
    />
  )
}
