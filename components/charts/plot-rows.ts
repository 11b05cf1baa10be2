import type { ChartForecast, ChartPoint } from './chart-data.ts'
import { lastKnown } from './chart-data.ts'
import type { PlotRow } from './plot-tooltip.tsx'

/** The rows of a plot: what was, then the forecast, joined to the last known value so that the line does not break. */
export function plotRows(points: readonly ChartPoint[], forecast?: ChartForecast): PlotRow[] {
  const past = points.map(point => ({
    at: point.at,
    values: point.values,
    partial: point.partial ?? false,
    forecast: null,
    band: null,
  }))
  if (!forecast) return past
  const rows: PlotRow[] = [...past]
  const last = lastKnown(points, forecast.series)
  const joint = last ? rows[last.index] : undefined
  if (last && joint) rows[last.index] = { ...joint, forecast: last.value, band: [last.value, last.value] }
  for (const point of forecast.points) {
    const expected = { forecast: point.value, band: [point.low, point.high] as [number, number] }
    const index = rows.findIndex(row => row.at === point.at)
    const present = rows[index]
    if (present) rows[index] = { ...present, ...expected }
    else rows.push({ at: point.at, values: {}, partial: false, ...expected })
  }
  return rows
}
