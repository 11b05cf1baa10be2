'use client'

import dynamic from 'next/dynamic'
import type { ChartForecast } from './chart-data.ts'
import { ChartFrame, type ChartProps } from './chart-frame.tsx'
import { foldSeries } from './fold-series.ts'
import { PlotSkeleton } from './plot-skeleton.tsx'

const LinePlot = dynamic(() => import('./line-plot.tsx'), { ssr: false, loading: PlotSkeleton })

export type LineChartProps = ChartProps & {
  /** Fills below the line; for a single series. */
  area?: boolean
  forecast?: ChartForecast
  /** The `at` of today, drawn as a line between what was and what is expected. */
  today?: string
}

/** A course over time: gaps where nothing is known, labels at the lines' ends, the forecast dashed in its band. */
export function LineChart({ area, today, ...props }: LineChartProps) {
  const folded = foldSeries(props.points, props.series)
  const height = props.height ?? 180
  return (
    <ChartFrame {...props} {...folded}>
      <div style={{ height }}>
        <LinePlot
          {...folded}
          unit={props.unit}
          bucket={props.bucket}
          forecast={props.forecast}
          height={height}
          area={area}
          today={today}
        />
      </div>
    </ChartFrame>
  )
}
