'use client'

import dynamic from 'next/dynamic'
import { ChartFrame, type ChartProps } from './chart-frame.tsx'
import { foldSeries } from './fold-series.ts'
import { PlotSkeleton } from './plot-skeleton.tsx'
import { seriesStyles } from './series-style.ts'

const BarPlot = dynamic(() => import('./bar-plot.tsx'), { ssr: false, loading: PlotSkeleton })

/** An amount a period or group: bars from zero, a period that is not over hatched. */
export function BarChart(props: ChartProps) {
  const series = props.series.slice(0, 1)
  const height = props.height ?? 160
  return (
    <ChartFrame {...props} series={series}>
      <div style={{ height }}>
        <BarPlot points={props.points} series={series} unit={props.unit} bucket={props.bucket} height={height} />
      </div>
    </ChartFrame>
  )
}

/** How an amount is made up: at most five parts from zero, named above the plot. */
export function StackedBarChart(props: ChartProps) {
  const folded = foldSeries(props.points, props.series)
  const styles = seriesStyles(folded.series)
  const height = props.height ?? 180
  return (
    <ChartFrame {...props} {...folded}>
      <ul aria-hidden className="mb-1 flex flex-wrap gap-x-4 gap-y-0.5 text-muted text-xs">
        {folded.series.map((item, index) => (
          <li key={item.key} className="flex items-center gap-1.5">
            <span className="size-2 rounded-[2px]" style={{ background: styles[index]?.colour }} />
            {item.label}
          </li>
        ))}
      </ul>
      <div style={{ height }}>
        <BarPlot {...folded} unit={props.unit} bucket={props.bucket} height={height} />
      </div>
    </ChartFrame>
  )
}
