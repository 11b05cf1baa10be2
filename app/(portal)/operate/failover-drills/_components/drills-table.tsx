import Link from 'next/link'
import { formatDuration } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { DrillDto } from '#lib/failover-drills/schema.ts'
import { STATES } from './drill-words.ts'

/** Drills, newest first, each with what it came to. */
export function DrillsTable({ drills }: { drills: readonly DrillDto[] }) {
  return (
    <Table label="Failover drills">
      <TableHead>
        <tr>
          <TableHeader>When</TableHeader>
          <TableHeader>Model</TableHeader>
          <TableHeader>Result</TableHeader>
          <TableHeader numeric>Answered again after</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Bound
          </TableHeader>
          <TableHeader className="max-sm:hidden">Started by</TableHeader>
          <TableHeader className="max-md:hidden">Evidence</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {drills.map(drill => (
          <TableRow key={drill.id}>
            <TableCell className="whitespace-nowrap">
              <Link
                href={`/operate/failover-drills/${drill.id}`}
                className="inline-block py-1 underline-offset-3 hover:underline"
              >
                <RelativeTime time={drill.createdAt} />
              </Link>
            </TableCell>
            <TableCell className="whitespace-nowrap font-medium">{drill.model}</TableCell>
            <TableCell>
              <Badge tone={STATES[drill.state].tone}>{STATES[drill.state].label}</Badge>
              {drill.failure ? <p className="mt-0.5 max-w-96 text-muted text-xs">{drill.failure}</p> : null}
            </TableCell>
            <TableCell numeric>{formatDuration(drill.recoveryMs)}</TableCell>
            <TableCell numeric className="max-sm:hidden">
              {formatDuration(drill.boundMs)}
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted max-sm:hidden">
              {drill.occasion === 'schedule' ? 'the plan' : drill.startedBy}
            </TableCell>
            <TableCell className="whitespace-nowrap font-mono text-muted text-xs max-md:hidden">
              {drill.evidenceHash ? `${drill.evidenceHash.slice(0, 12)}…` : null}
              {drill.stale ? (
                <Badge tone="neutral" className="ml-2 font-sans">
                  Stale
                </Badge>
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
