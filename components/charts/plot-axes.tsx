import type { ChartBucket, ChartUnit } from './chart-data.ts'
import { chartTick } from './chart-value.ts'
import { labelledPlaces, placeLabel } from './ticks.ts'

const tickStyle = { fontSize: 11, fill: 'var(--text-muted)' }

export const plotMargin = { top: 8, right: 18, bottom: 0, left: 0 }
/** The height of the horizontal axis, in pixels. */
export const axisHeight = 22

/** The properties of the vertical axis: zero-based, round ticks. */
export function valueAxis(ticks: readonly number[], unit: ChartUnit) {
  const longest = Math.max(...ticks.map(tick => chartTick(tick, unit).length))
  return {
    ticks: [...ticks],
    domain: [0, ticks.at(-1) ?? 1] as [number, number],
    // A plain space would let the chart library break the label into two lines.
    tickFormatter: (value: number) => chartTick(value, unit).replaceAll(' ', '\u00a0'),
    width: Math.max(28, longest * 7.5 + 12),
    axisLine: false,
    tickLine: false,
    tick: tickStyle,
    interval: 0 as const,
  }
}

/** The properties of the horizontal axis: few labels, evenly spread. */
export function placeAxis(places: readonly string[], bucket: ChartBucket, width: number) {
  const room = bucket === 'category' ? 90 : bucket === 'month' ? 72 : 56
  const shown = labelledPlaces(places, bucket, Math.max(2, Math.floor(width / room)))
  return {
    dataKey: 'at',
    ticks: shown.flatMap(index => places[index] ?? []),
    tickFormatter: (at: string) => placeLabel(at, bucket),
    height: axisHeight,
    axisLine: { stroke: 'var(--line-strong)' },
    tickLine: false,
    tick: tickStyle,
    tickMargin: 6,
    interval: 0 as const,
    allowDuplicatedCategory: false,
  }
}

export const gridProps = { vertical: false, stroke: 'var(--line)', strokeDasharray: '0' }
