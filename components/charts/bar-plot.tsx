'use client'

import { useId, useMemo } from 'react'
import { Bar, BarChart, type BarShapeProps, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartBucket, ChartPoint, ChartSeries, ChartUnit } from './chart-data.ts'
import { gridProps, placeAxis, plotMargin, valueAxis } from './plot-axes.tsx'
import { plotRows } from './plot-rows.ts'
import { type PlotRow, PlotTooltip } from './plot-tooltip.tsx'
import { useWidth } from './plot-width.ts'
import { seriesStyles } from './series-style.ts'
import { valueTicks } from './ticks.ts'

type BarPlotProps = {
  points: readonly ChartPoint[]
  series: readonly ChartSeries[]
  unit: ChartUnit
  bucket: ChartBucket
  height: number
}

/** The drawing of BarChart and StackedBarChart. */
export default function BarPlot({ points, series, unit, bucket, height }: BarPlotProps) {
  const { ref, width } = useWidth<HTMLDivElement>()
  const hatch = useId()
  const rows = useMemo(() => plotRows(points), [points])
  const styles = seriesStyles(series)
  const ticks = valueTicks(largestStack(points, series), height < 150 ? 2 : 4, unit)
  return (
    <div ref={ref} className="h-full w-full">
      {width > 0 ? (
        <BarChart
          width={width}
          height={height}
          data={rows}
          margin={plotMargin}
          barCategoryGap="18%"
          accessibilityLayer={false}
        >
          <defs>
            {styles.map((style, index) => (
              <HatchPattern key={style.colour} id={`${hatch}-${index}`} colour={style.colour} />
            ))}
          </defs>
          <CartesianGrid {...gridProps} />
          <XAxis
            {...placeAxis(
              rows.map(row => row.at),
              bucket,
              width,
            )}
          />
          <YAxis {...valueAxis(ticks, unit)} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--surface-hover)' }}
            content={({ payload }) => (
              <PlotTooltip row={payload?.[0]?.payload as PlotRow | undefined} {...{ series, styles, unit, bucket }} />
            )}
          />
          {series.map((item, index) => (
            <Bar
              key={item.key}
              stackId="stack"
              maxBarSize={44}
              name={item.label}
              isAnimationActive={false}
              dataKey={(row: PlotRow) => row.values[item.key] ?? null}
              shape={(bar: BarShapeProps) => (
                <BarShape bar={bar} colour={styles[index]?.colour} hatch={`url(#${hatch}-${index})`} />
              )}
            />
          ))}
        </BarChart>
      ) : null}
    </div>
  )
}

function HatchPattern({ id, colour }: { id: string; colour: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" fill={colour} fillOpacity="0.22" />
      <rect width="2.5" height="6" fill={colour} />
    </pattern>
  )
}

function BarShape({ bar, colour, hatch }: { bar: BarShapeProps; colour?: string; hatch: string }) {
  const { x, y, width, height } = bar
  if (!height || height < 0) return null
  const partial = (bar.payload as PlotRow | undefined)?.partial ?? false
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={Math.max(height, 1)}
      rx={Math.min(2, width / 4)}
      fill={partial ? hatch : colour}
      stroke="var(--surface-raised)"
      strokeWidth={0.75}
    />
  )
}

function largestStack(points: readonly ChartPoint[], series: readonly ChartSeries[]): number {
  return Math.max(0, ...points.map(point => series.reduce((sum, { key }) => sum + (point.values[key] ?? 0), 0)))
}
