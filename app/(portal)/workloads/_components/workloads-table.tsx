import Link from 'next/link'
import { formatMoney, formatNumber } from '#components/format.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { parseUsd } from '#core/usd.ts'
import type { WorkloadDto } from '#lib/workloads/schema.ts'
import { LifecycleBadge } from './lifecycle-badge.tsx'
import { reviewNote } from './workload-words.ts'

/** Every workload with where it stands, who answers for it and what it cost. */
export function WorkloadsTable({ workloads, now }: { workloads: readonly WorkloadDto[]; now: number }) {
  return (
    <Table label="Workloads">
      <TableHead>
        <tr>
          <TableHeader>Workload</TableHeader>
          <TableHeader>Lifecycle</TableHeader>
          <TableHeader className="max-md:hidden">Owner</TableHeader>
          <TableHeader className="max-lg:hidden">Least tier</TableHeader>
          <TableHeader numeric className="max-md:hidden">
            Calls, 30 days
          </TableHeader>
          <TableHeader numeric>Cost, 30 days</TableHeader>
          <TableHeader className="max-lg:hidden">Review</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {workloads.map(workload => (
          <TableRow key={workload.id}>
            <TableCell>
              <Link
                href={`/workloads/${workload.id}`}
                className="inline-block py-1 font-medium underline-offset-3 hover:underline"
              >
                {workload.name}
              </Link>
              <span className="block text-muted text-xs">
                {workload.slug} · {workload.teamName}
              </span>
            </TableCell>
            <TableCell>
              <LifecycleBadge lifecycle={workload.lifecycle} />
            </TableCell>
            <TableCell className="max-md:hidden">
              <Owner workload={workload} />
            </TableCell>
            <TableCell className="max-lg:hidden">{workload.tier ?? 'lowest'}</TableCell>
            <TableCell numeric className="max-md:hidden">
              {workload.requests === null ? '–' : formatNumber(workload.requests)}
            </TableCell>
            <TableCell numeric>{workload.costUsd === null ? '–' : formatMoney(parseUsd(workload.costUsd))}</TableCell>
            <TableCell className="max-lg:hidden">
              <Review workload={workload} now={now} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Owner({ workload: { ownerName, ownerActive } }: { workload: WorkloadDto }) {
  if (ownerName === null) return <span className="text-warn-text">nobody</span>
  return (
    <>
      {ownerName}
      {ownerActive ? null : <span className="block text-warn-text text-xs">no longer works here</span>}
    </>
  )
}

function Review({ workload, now }: { workload: WorkloadDto; now: number }) {
  if (workload.lifecycle === 'decommissioned') return <span className="text-muted">none</span>
  const { text, tone } = reviewNote(workload.reviewBy, now)
  return tone === 'neutral' ? <span className="text-muted">{text}</span> : <Badge tone={tone}>{text}</Badge>
}
