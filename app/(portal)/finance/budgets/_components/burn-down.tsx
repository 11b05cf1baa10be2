import { LineChart } from '#components/charts/line-chart.tsx'
import { formatDate } from '#components/format.ts'
import { addDays, dayText, localDayOf, parseDay } from '#core/budgets/local-day.ts'
import type { BudgetDetailDto } from '#lib/budgets/schema.ts'

/** What is left of a budget from day to day: what was, the line of today, and the forecast dashed in its band. */
export function BurnDown({ budget }: { budget: BudgetDetailDto }) {
  const { period, window, limitUsd, asOf } = budget
  if (!period) return <p className="text-muted text-sm">The budget is not in its period.</p>
  const limit = Number(limitUsd)
  const today = dayText(localDayOf(Date.parse(asOf), window.timeZone))
  const costs = new Map(budget.daily.map(({ day, costUsd }) => [day, Number(costUsd)]))
  const days = daysOf(period, window.timeZone)
  let left = limit
  const points = days.map(day => {
    left -= costs.get(day) ?? 0
    const known = day === today ? limit - Number(budget.spentUsd) : left
    return { at: at(day), values: { left: day <= today ? Math.max(0, known) : null, even: null } }
  })
  const forecast = budget.forecast.map(({ day, valueUsd, lowUsd, highUsd }) => ({
    at: at(day),
    value: Math.max(0, limit - Number(valueUsd)),
    low: Math.max(0, limit - Number(highUsd)),
    high: Math.max(0, limit - Number(lowUsd)),
  }))
  const even = points.map((point, index) => ({
    ...point,
    values: { ...point.values, even: limit * (1 - (index + 1) / points.length) },
  }))
  return (
    <LineChart
      title="How long does it last?"
      subtitle="USD left at the end of each day"
      points={even}
      series={[
        { key: 'left', label: 'Left' },
        { key: 'even', label: 'Even pace', plan: true },
      ]}
      forecast={{ series: 'left', points: forecast.slice(1) }}
      today={at(today)}
      unit="usd"
      bucket="day"
      height={220}
      source={{ name: 'requests the gateways recorded', period: periodText(period), asOf }}
    />
  )
}

function daysOf(period: { start: string; end: string }, timeZone: string): string[] {
  const last = dayText(localDayOf(Date.parse(period.end) - 1, timeZone))
  const days: string[] = []
  for (let day = dayText(localDayOf(Date.parse(period.start), timeZone)); day <= last; ) {
    days.push(day)
    day = dayText(addDays(parseDay(day), 1))
  }
  return days
}

function at(day: string): string {
  return `${day}T00:00:00Z`
}

function periodText({ start, end }: { start: string; end: string }): string {
  return `${formatDate(start)} to ${formatDate(Date.parse(end) - 1)}`
}
