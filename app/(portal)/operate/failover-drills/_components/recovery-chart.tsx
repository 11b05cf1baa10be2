'use client'

import type { ChartPoint } from '#components/charts/chart-data.ts'
import { LineChart } from '#components/charts/line-chart.tsx'
import { formatDate } from '#components/format.ts'
import type { DrillDto } from '#lib/failover-drills/schema.ts'

const MOST_MODELS = 4

/** How soon calls were answered again, drill by drill, beside the bound. */
export function RecoveryChart({ drills, asOf }: { drills: readonly DrillDto[]; asOf: string }) {
  const ended = drills.filter(drill => drill.endedAt !== null && drill.startedAt !== null).toReversed()
  const models = [...new Set(ended.map(({ model }) => model))].slice(0, MOST_MODELS)
  const shown = ended.filter(({ model }) => models.includes(model))
  const days = Map.groupBy(shown, ({ createdAt }) => createdAt.slice(0, 10))
  const [first, last] = [shown[0], shown.at(-1)]
  if (!first || !last || days.size < 2) return null
  const points: ChartPoint[] = [...days].map(([day, each]) => ({
    at: `${day}T00:00:00Z`,
    values: Object.fromEntries([
      ['bound', Math.max(...each.map(({ boundMs }) => boundMs))],
      ...models.map(model => [model, each.findLast(drill => drill.model === model)?.recoveryMs ?? null] as const),
    ]),
  }))
  return (
    <LineChart
      title="How soon are calls answered again?"
      subtitle="first good answer after the outage began"
      points={points}
      series={[...models.map(model => ({ key: model, label: model })), { key: 'bound', label: 'Bound', plan: true }]}
      unit="ms"
      bucket="day"
      height={200}
      source={{ name: 'failover drills', period: `since ${formatDate(first.createdAt)}`, asOf }}
    />
  )
}
