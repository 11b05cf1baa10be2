import { formatNumber } from '#components/format.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { DetectorRateDto } from '#lib/dlp-events/schema.ts'

const HEADERS = ['Detector', 'Found', 'Blocked', 'Masked', 'Raised', 'In shadow', 'Judged', 'False positives']

/** How often each detector found something, and how often people said that it was wrong. */
export function DetectorRates({ rates }: { rates: readonly DetectorRateDto[] }) {
  return (
    <Table label="Findings by detector">
      <TableHead>
        <tr>
          {HEADERS.map(header => (
            <TableHeader key={header}>{header}</TableHeader>
          ))}
        </tr>
      </TableHead>
      <TableBody>
        {rates.map(rate => (
          <TableRow key={rate.detector}>
            <TableCell className="font-medium">{rate.name}</TableCell>
            {[rate.found, rate.blocked, rate.masked, rate.raised, rate.shadow, rate.judged].map((count, at) => (
              <TableCell key={HEADERS[at + 1]} className="tabular-nums">
                {formatNumber(count)}
              </TableCell>
            ))}
            <TableCell className="tabular-nums">
              {rate.falsePositiveRate === null ? (
                <span className="text-muted">not judged</span>
              ) : (
                `${formatNumber(rate.falsePositiveRate * 100, 1)} %`
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
