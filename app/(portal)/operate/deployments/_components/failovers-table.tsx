import Link from 'next/link'
import { formatDateTime, formatDuration } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { FailoverDto } from '#lib/failovers/schema.ts'

/** When calls of a model went elsewhere because it did not answer, newest first. */
export function FailoversTable({ failovers }: { failovers: readonly FailoverDto[] }) {
  if (failovers.length === 0) return <p className="text-muted text-sm">No model has been out of use yet.</p>
  return (
    <Table label="Failovers">
      <TableHead>
        <tr>
          <TableHeader>Began</TableHeader>
          <TableHeader>Model</TableHeader>
          <TableHeader>Calls went to</TableHeader>
          <TableHeader className="max-sm:hidden">Because of</TableHeader>
          <TableHeader numeric>Lasted</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {failovers.map(failover => (
          <TableRow key={failover.id}>
            <TableCell className="whitespace-nowrap" title={formatDateTime(failover.startedAt)}>
              <RelativeTime time={failover.startedAt} />
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <Link
                href={`/build/models/${failover.modelId}`}
                className="inline-block py-1 font-medium underline-offset-3 hover:underline"
              >
                {failover.model ?? 'a removed model'}
              </Link>
            </TableCell>
            <TableCell className="whitespace-nowrap">{failover.substitute ?? 'no equivalent'}</TableCell>
            <TableCell className="text-muted max-sm:hidden">{failover.reason.replaceAll('_', ' ')}</TableCell>
            <TableCell numeric>
              {failover.endedAt ? (
                formatDuration(Date.parse(failover.endedAt) - Date.parse(failover.startedAt))
              ) : (
                <Badge tone="bad">goes on</Badge>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
