import type { ChartBucket, ChartSeries, ChartUnit } from './chart-data.ts'
import { chartValue } from './chart-value.ts'
import type { SeriesStyle } from './series-style.ts'
import { placeLabel } from './ticks.ts'

/** A row of the data a plot is drawn from. */
export type PlotRow = {
  at: string
  partial: boolean
  forecast: number | null
  band: [number, number] | null
} & { values: Readonly<Record<string, number | null>> }

/** What a plot says about the place under the pointer. */
export function PlotTooltip({
  row,
  series,
  styles,
  unit,
  bucket,
}: {
  row: PlotRow | undefined
  series: readonly ChartSeries[]
  styles: readonly SeriesStyle[]
  unit: ChartUnit
  bucket: ChartBucket
}) {
  if (!row) return null
  const known = series.some(({ key }) => row.values[key] !== undefined && row.values[key] !== null)
  return (
    <div className="rounded-lg border border-line-strong bg-raised px-2.5 py-2 text-ink text-xs shadow-popup">
      <p className="mb-1 text-muted">
        {placeLabel(row.at, bucket)}
        {row.partial ? ' so far' : ''}
      </p>
      {known || row.forecast === null
        ? series.map((item, index) => (
            <p key={item.key} className="flex items-center justify-between gap-4">
              <span className="flex items-center gap-1.5">
                <svg aria-hidden="true" width="14" height="4">
                  <line
                    x2="14"
                    y1="2"
                    y2="2"
                    stroke={styles[index]?.colour}
                    strokeDasharray={styles[index]?.dash}
                    strokeWidth="2"
                  />
                </svg>
                {item.label}
              </span>
              <span className="tabular-nums">{chartValue(row.values[item.key], unit)}</span>
            </p>
          ))
        : null}
      {row.forecast !== null && !known ? (
        <p className="tabular-nums">
          Forecast {chartValue(row.forecast, unit)}
          {row.band ? (
            <span className="text-muted">
              , {chartValue(row.band[0], unit)} to {chartValue(row.band[1], unit)}
            </span>
          ) : null}
        </p>
      ) : null}
    </div>
  )
}
