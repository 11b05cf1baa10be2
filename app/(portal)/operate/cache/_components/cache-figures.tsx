import { BarChart, StackedBarChart } from '#components/charts/bar-chart.tsx'
import { formatCount, formatDuration, formatNumber, formatPercent, formatTokens } from '#components/format.ts'
import { Stat, StatRow } from '#components/page/stat.tsx'
import type { CacheStatisticsDto } from '#lib/cache/schema.ts'
import { bytesText, moneyText } from './cache-words.ts'

/** What the cache did in a period, in figures and by day. */
export function CacheFigures({ statistics, days }: { statistics: CacheStatisticsDto; days: number }) {
  const { total, entries, bytes } = statistics
  const asked = total.hits + total.misses
  return (
    <>
      <StatRow>
        <Stat
          value={formatPercent(total.hitRate, 0)}
          label={`hit rate, ${days} days`}
          note={`${formatNumber(total.hits)} of ${formatCount(asked, 'request')}`}
        />
        <Stat
          value={moneyText(total.savedUsd)}
          label="saved"
          note={
            total.unpricedHits > 0
              ? `without ${formatCount(total.unpricedHits, 'unpriced hit')}`
              : 'at the price when made'
          }
        />
        <Stat
          value={formatDuration(total.savedMs)}
          label="less waiting"
          note={total.hits > 0 ? `${formatDuration(total.savedMs / total.hits)} a hit` : null}
        />
        <Stat value={formatTokens(total.savedTokens)} label="tokens not bought again" />
        <Stat
          value={formatCount(entries, 'answer')}
          label="held in memory now"
          note={`${bytesText(bytes)} on all replicas`}
        />
      </StatRow>
      {asked > 0 ? <Charts statistics={statistics} days={days} /> : null}
    </>
  )
}

function Charts({ statistics: { daily, to }, days }: { statistics: CacheStatisticsDto; days: number }) {
  const source = { name: 'requests the gateways recorded', period: `the last ${days} days`, asOf: to }
  const point = (day: string, at: number, values: Record<string, number>) => ({
    at: `${day}T00:00:00.000Z`,
    values,
    partial: at === daily.length - 1,
  })
  return (
    <div className="grid min-w-0 gap-6 lg:grid-cols-2">
      <StackedBarChart
        title="How often did the cache have the answer?"
        subtitle="requests a day that asked the cache"
        points={daily.map(({ day, hits, misses }, at) => point(day, at, { hits, misses }))}
        series={[
          { key: 'hits', label: 'From the cache' },
          { key: 'misses', label: 'From the provider' },
        ]}
        unit="count"
        bucket="day"
        height={180}
        source={source}
      />
      <BarChart
        title="What did it save?"
        subtitle="USD a day that hits would have cost"
        points={daily.map(({ day, savedUsd }, at) => point(day, at, { saved: Number(savedUsd) }))}
        series={[{ key: 'saved', label: 'Saved' }]}
        unit="usd"
        bucket="day"
        height={180}
        source={source}
      />
    </div>
  )
}
