import { formatDateTime } from '#components/format.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { ChartBucket, ChartForecast, ChartPoint, ChartSeries, ChartUnit } from './chart-data.ts'
import { chartValue } from './chart-value.ts'
import { placeLabel } from './ticks.ts'

/** The chart's numbers as a table. */
export default function ChartTable({
  title,
  points,
  series,
  unit,
  bucket,
  forecast,
}: {
  title: string
  points: readonly ChartPoint[]
  series: readonly ChartSeries[]
  unit: ChartUnit
  bucket: ChartBucket
  forecast?: ChartForecast
}) {
  const name = (at: string) => (bucket === 'minute' || bucket === 'hour' ? formatDateTime(at) : placeLabel(at, bucket))
  return (
    <Table label={title} regionClassName="mt-2 max-h-80">
      <TableHead>
        <TableRow>
          <TableHeader>{bucket === 'category' ? 'Group' : 'Period'}</TableHeader>
          {series.map(item => (
            <TableHeader key={item.key} numeric>
              {item.label}
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {points.map(point => (
          <TableRow key={point.at}>
            <TableCell>
              {name(point.at)}
              {point.partial ? <span className="text-muted"> so far</span> : null}
            </TableCell>
            {series.map(item => (
              <TableCell key={item.key} numeric>
                {chartValue(point.values[item.key], unit)}
              </TableCell>
            ))}
          </TableRow>
        ))}
        {(forecast?.points ?? []).map(point => (
          <TableRow key={`forecast ${point.at}`}>
            <TableCell>
              {name(point.at)} <span className="text-muted">forecast</span>
            </TableCell>
            <TableCell numeric colSpan={series.length}>
              {chartValue(point.value, unit)}{' '}
              <span className="text-muted">
                ({chartValue(point.low, unit)} to {chartValue(point.high, unit)})
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
