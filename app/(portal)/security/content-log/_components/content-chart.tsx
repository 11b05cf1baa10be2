import { StackedBarChart } from '#components/charts/bar-chart.tsx'
import type { ContentOverviewDto } from '#lib/content-log/schema.ts'

/** How many requests' content is kept, by the day they were made. */
export function ContentChart({ overview: { days, tiers } }: { overview: ContentOverviewDto }) {
  const names = tiers.filter(tier => tier.entries > 0).map(({ name }) => name)
  if (names.length === 0) return null
  return (
    <StackedBarChart
      title="How much is kept?"
      subtitle="requests a day whose content is kept, by tier"
      points={days.map(({ day, entries }, at) => ({
        at: `${day}T00:00:00.000Z`,
        values: Object.fromEntries(names.map(name => [name, entries[name] ?? 0])),
        partial: at === days.length - 1,
      }))}
      series={names.map(name => ({ key: name, label: name }))}
      unit="count"
      bucket="day"
      height={130}
      source={{ name: 'entries of the content log', period: 'the last 30 days', asOf: new Date().toISOString() }}
    />
  )
}
