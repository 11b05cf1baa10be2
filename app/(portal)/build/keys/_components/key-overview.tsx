import { BarChart } from '#components/charts/bar-chart.tsx'
import { formatMoney, formatNumber } from '#components/format.ts'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { parseUsd } from '#core/usd.ts'
import type { KeyDto } from '#lib/keys/schema.ts'
import type { UsageSeriesDto } from '#lib/usage/queries.ts'
import { usagePoints, usageSeriesLabels } from '../../_components/usage-points.ts'
import { keyDetails } from './key-details.tsx'
import { keyFacts, type ModelChoice, type SourceChoice } from './key-facts.ts'
import { limitsOfKey } from './key-limits.ts'

/** What a key may do, what it did, and where it comes from. */
export function KeyOverview({
  record,
  models,
  sources,
  series,
}: {
  record: KeyDto
  models: readonly ModelChoice[]
  sources: readonly SourceChoice[]
  series: UsageSeriesDto
}) {
  const rows = `/operate/requests?key=${record.id}`
  return (
    <>
      <StatRow>
        <Stat value={formatNumber(record.requests)} label="requests since it was issued" href={rows} />
        <Stat value={formatMoney(parseUsd(record.costUsd))} label="cost since it was issued" href={rows} />
        <Stat value={record.lastUsedAt ? <RelativeTime time={record.lastUsedAt} /> : 'Never'} label="last used" />
      </StatRow>
      <Section title="What this key may do">
        <DefinitionList items={keyFacts(limitsOfKey(record), models)} />
      </Section>
      <BarChart
        title="How much is it used?"
        subtitle="requests a day"
        points={usagePoints(series, point => point.requests)}
        series={usageSeriesLabels(series).map(each => ({ ...each, label: 'Requests' }))}
        unit="count"
        bucket="day"
        source={{ name: 'requests with this key', period: '30 days', asOf: series.asOf, href: rows }}
      />
      <Section title="About it">
        <DefinitionList items={keyDetails(record, sources)} />
      </Section>
    </>
  )
}
