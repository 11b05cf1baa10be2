import Link from 'next/link'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { ContentReadDto } from '#lib/content-log/schema.ts'

/** Who read content, when and why: from the audit log. */
export function ContentReads({ reads }: { reads: readonly ContentReadDto[] }) {
  if (reads.length === 0) return <p className="text-muted text-sm">Nobody has read any content.</p>
  return (
    <Table label="Reads of content">
      <TableHead>
        <tr>
          <TableHeader>When</TableHeader>
          <TableHeader>Who</TableHeader>
          <TableHeader>Request</TableHeader>
          <TableHeader>Tier</TableHeader>
          <TableHeader>Reason</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {reads.map(read => (
          <TableRow key={read.id}>
            <TableCell className="whitespace-nowrap">
              <RelativeTime time={read.at} />
            </TableCell>
            <TableCell className="whitespace-nowrap">{read.by}</TableCell>
            <TableCell>
              <Link href={`/operate/requests/${read.requestId}`} className="font-mono text-xs hover:underline">
                {read.requestId.slice(-12)}
              </Link>
            </TableCell>
            <TableCell>{read.tier ?? '–'}</TableCell>
            <TableCell className="max-w-96">{read.reason ?? <span className="text-muted">none asked</span>}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
