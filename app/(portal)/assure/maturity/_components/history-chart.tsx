'use client'

import { StackedBarChart } from '#components/charts/bar-chart.tsx'
import type { SnapshotDto } from '#lib/maturity/schema.ts'

/** Exit criteria met in each quarter, by the stage they belong to. */
export function HistoryChart({ snapshots }: { snapshots: readonly SnapshotDto[] }) {
  const last = snapshots.at(-1)
  if (!last || snapshots.length < 2) return null
  const { met } = last
  return (
    <StackedBarChart
      title="How many exit criteria were met, quarter by quarter?"
      subtitle={`${met.reduce((sum, each) => sum + each.met, 0)} of ${met.reduce((sum, each) => sum + each.of, 0)} in ${last.quarter}`}
      points={snapshots.map(({ quarter, met: stages }, index) => ({
        at: quarter,
        values: Object.fromEntries(stages.map(each => [`stage${each.stage}`, each.met])),
        partial: index === snapshots.length - 1,
      }))}
      series={met.map(({ stage }) => ({ key: `stage${stage}`, label: `Stage ${stage}` }))}
      unit="count"
      bucket="category"
      source={{
        name: 'exit criteria met or excused',
        period: `${snapshots[0]?.quarter} to ${last.quarter}`,
        asOf: last.takenAt,
      }}
    />
  )
}
