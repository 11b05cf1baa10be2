'use client'

import { ChartLine, Download, Table2 } from 'lucide-react'
import Link from 'next/link'
import { lazy, type ReactNode, Suspense, useId, useState } from 'react'
import { cn } from '#components/cn.ts'
import { formatDateTime } from '#components/format.ts'
import { Button } from '#components/ui/button.tsx'
import type { ChartBucket, ChartForecast, ChartPoint, ChartSeries, ChartSource, ChartUnit } from './chart-data.ts'
import { chartSummary } from './chart-summary.ts'
import { PlotSkeleton } from './plot-skeleton.tsx'

const ChartTable = lazy(() => import('./chart-table.tsx'))

/** What every chart is given. */
export type ChartProps = {
  /** The question the chart answers: "How fast is the first token?" */
  title: string
  /** The answer in figures, at the right of the title: "p99 902 ms · p50 182 ms". */
  subtitle?: ReactNode
  points: readonly ChartPoint[]
  series: readonly ChartSeries[]
  unit: ChartUnit
  bucket: ChartBucket
  source: ChartSource
  /** Of the plot, in pixels. */
  height?: number
  /** A border around it; on by default. */
  boxed?: boolean
  className?: string
}

/** The frame of a chart: question, table view, CSV, source, and the sentence for screen readers. */
export function ChartFrame({
  title,
  subtitle,
  points,
  series,
  unit,
  bucket,
  source,
  forecast,
  boxed = true,
  className,
  children,
}: ChartProps & { forecast?: ChartForecast; children: ReactNode }) {
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  const summary = chartSummary({ points, series, unit, bucket, forecast })
  return (
    <figure
      aria-labelledby={id}
      className={cn('flex min-w-0 flex-col', boxed && 'rounded-[10px] border border-line bg-raised p-4', className)}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-0.5">
        <h2 id={id} className="font-medium text-base">
          {title}
        </h2>
        <div className="flex items-center gap-1">
          {subtitle ? <p className="text-muted text-xs tabular-nums">{subtitle}</p> : null}
          <FrameButtons
            title={title}
            asTable={asTable}
            onToggle={() => setAsTable(!asTable)}
            csv={async () => (await import('./chart-csv.ts')).chartCsv(points, series, forecast)}
          />
        </div>
      </div>
      {asTable ? (
        <Suspense fallback={<PlotSkeleton />}>
          <ChartTable {...{ title, points, series, unit, bucket, forecast }} />
        </Suspense>
      ) : (
        <div role="img" aria-label={summary} className="mt-2 min-w-0">
          {children}
        </div>
      )}
      <figcaption className="mt-2 text-muted text-xs">
        Source:{' '}
        {source.href ? (
          <Link href={source.href} className="underline decoration-line-strong underline-offset-2 hover:text-ink">
            {source.name}
          </Link>
        ) : (
          source.name
        )}
        , {source.period}, as of {formatDateTime(source.asOf)}
      </figcaption>
    </figure>
  )
}

function FrameButtons({
  title,
  asTable,
  onToggle,
  csv,
}: {
  title: string
  asTable: boolean
  onToggle: () => void
  csv: () => Promise<string>
}) {
  return (
    <div className="-my-1 -mr-1.5 flex">
      <Button
        variant="ghost"
        size="icon-sm"
        className="text-muted"
        title={asTable ? 'View as chart' : 'View as table'}
        aria-label={asTable ? `View as chart: ${title}` : `View as table: ${title}`}
        onClick={onToggle}
      >
        {asTable ? <ChartLine className="size-3.5" /> : <Table2 className="size-3.5" />}
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        className="text-muted"
        title="Download CSV"
        aria-label={`Download CSV: ${title}`}
        onClick={async () => download(`${fileName(title)}.csv`, await csv())}
      >
        <Download className="size-3.5" />
      </Button>
    </div>
  )
}

function fileName(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function download(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
