'use client'

import { useMemo } from 'react'
import { Area, CartesianGrid, ComposedChart, Line, ReferenceDot, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartBucket, ChartForecast, ChartPoint, ChartSeries, ChartUnit } from './chart-data.ts'
import { largestValue, lastKnown } from './chart-data.ts'
import { chartTick } from './chart-value.ts'
import { type EndLabel, LineEndLabels } from './line-end-labels.tsx'
import { axisHeight, gridProps, placeAxis, plotMargin, valueAxis } from './plot-axes.tsx'
import { plotRows } from './plot-rows.ts'
import { type PlotRow, PlotTooltip } from './plot-tooltip.tsx'
import { useWidth } from './plot-width.ts'
import { type SeriesStyle, seriesStyles } from './series-style.ts'
import { valueTicks } from './ticks.ts'

type LinePlotProps = {
  points: readonly ChartPoint[]
  series: readonly ChartSeries[]
  unit: ChartUnit
  bucket: ChartBucket
  height: number
  area?: boolean
  forecast?: ChartForecast
  today?: string
}

/** The drawing of LineChart; loaded on its own, since the chart library is large. */
export default function LinePlot(props: LinePlotProps) {
  const { points, series, unit, bucket, height, forecast, today } = props
  const { ref, width } = useWidth<HTMLDivElement>()
  const rows = useMemo(() => plotRows(points, forecast), [points, forecast])
  const ticks = valueTicks(largestValue(points, series, forecast), height < 150 ? 2 : 4, unit)
  const styles = seriesStyles(series)
  const labels = endLabels(props, styles, ticks.at(-1) ?? 1)
  const labelWidth =
    labels.length > 0 ? Math.min(110, Math.max(...labels.map(label => label.text.length)) * 6.2 + 14) : 0
  const current = forecast ? lastKnown(points, forecast.series) : null
  return (
    <div ref={ref} className="relative h-full w-full">
      {width > 0 ? (
        <ComposedChart
          width={width}
          height={height}
          data={rows}
          margin={{ ...plotMargin, right: plotMargin.right + labelWidth }}
          accessibilityLayer={false}
        >
          <CartesianGrid {...gridProps} />
          <XAxis
            {...placeAxis(
              rows.map(row => row.at),
              bucket,
              width - labelWidth,
            )}
          />
          <YAxis {...valueAxis(ticks, unit)} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            content={({ payload }) => (
              <PlotTooltip row={payload?.[0]?.payload as PlotRow | undefined} {...{ series, styles, unit, bucket }} />
            )}
          />
          {forecast ? forecastMarks(forecast, series, styles) : null}
          {series.map((item, index) => seriesMark(item, styles[index], props.area === true && series.length === 1))}
          {today ? (
            <ReferenceLine
              x={today}
              stroke="var(--line-strong)"
              label={{ value: 'today', position: 'insideTopLeft', fontSize: 11, fill: 'var(--text-muted)' }}
            />
          ) : null}
          {current ? (
            <ReferenceDot
              x={points[current.index]?.at}
              y={current.value}
              r={3.5}
              fill={styles[0]?.colour}
              stroke="none"
            />
          ) : null}
        </ComposedChart>
      ) : null}
      <LineEndLabels
        labels={labels}
        width={labelWidth}
        top={plotMargin.top}
        height={height - axisHeight - plotMargin.top}
      />
    </div>
  )
}

function seriesMark(item: ChartSeries, style: SeriesStyle | undefined, area: boolean) {
  const shared = {
    dataKey: (row: PlotRow) => row.values[item.key] ?? null,
    name: item.label,
    stroke: style?.colour,
    strokeDasharray: style?.dash,
    strokeWidth: item.plan ? 1.25 : 1.75,
    connectNulls: false,
    isAnimationActive: false,
    activeDot: { r: 3, strokeWidth: 0 },
    dot: false,
  } as const
  if (area) return <Area key={item.key} {...shared} fill={style?.colour} fillOpacity={0.14} />
  return <Line key={item.key} {...shared} />
}

function forecastMarks(forecast: ChartForecast, series: readonly ChartSeries[], styles: readonly SeriesStyle[]) {
  const colour = styles[series.findIndex(item => item.key === forecast.series)]?.colour
  return [
    <Area
      key="band"
      dataKey="band"
      stroke="none"
      fill={colour}
      fillOpacity={0.18}
      isAnimationActive={false}
      activeDot={false}
    />,
    <Line
      key="forecast"
      dataKey="forecast"
      stroke={colour}
      strokeWidth={1.75}
      strokeDasharray="4 4"
      dot={false}
      isAnimationActive={false}
      activeDot={false}
    />,
  ]
}

function endLabels(
  { points, series, forecast, unit }: LinePlotProps,
  styles: readonly SeriesStyle[],
  top: number,
): EndLabel[] {
  const named = series.length > 1 || forecast !== undefined
  if (!named) return []
  return series.flatMap((item, index) => {
    const end = item.key === forecast?.series ? forecast.points.at(-1) : undefined
    const last = lastKnown(points, item.key)
    const value = end?.value ?? last?.value
    if (value === undefined) return []
    const text = end
      ? `${chartTick(value, unit)} ± ${chartTick((end.high - end.low) / 2, unit)}`
      : labelText(item, value, unit)
    return [{ key: item.key, text, share: value / top, colour: styles[index]?.textColour ?? 'var(--text-muted)' }]
  })
}

function labelText(item: ChartSeries, value: number, unit: ChartUnit): string {
  return item.plan ? `${item.label} ${chartTick(value, unit)}` : item.label
}
