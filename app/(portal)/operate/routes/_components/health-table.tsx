import { formatDuration, formatPercent } from '#components/format.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { ReplicaViewDto } from '#lib/deployments/schema.ts'
import { CircuitBadge, NextTry } from './circuit-badge.tsx'

export interface HealthRow {
  modelId: string
  identifier: string
  replicas: readonly ReplicaViewDto[]
}

/** How each candidate does at each replica: measured there, so each may see it otherwise. */
export function HealthTable({ rows }: { rows: readonly HealthRow[] }) {
  const measured = rows.flatMap(row => row.replicas.map(view => ({ row, view })))
  if (measured.length === 0)
    return <p className="text-muted text-sm">No gateway has called any of them lately, so nothing is measured yet.</p>
  return (
    <Table label="How each candidate does at each gateway">
      <TableHead>
        <tr>
          <TableHeader>Model</TableHeader>
          <TableHeader>Gateway</TableHeader>
          <TableHeader>Circuit</TableHeader>
          <TableHeader numeric>Wait</TableHeader>
          <TableHeader numeric>First token</TableHeader>
          <TableHeader numeric>Errors</TableHeader>
          <TableHeader>Next try</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {measured.map(({ row, view }) => (
          <TableRow key={`${row.modelId} ${view.replicaId}`}>
            <TableCell className="whitespace-nowrap font-medium">{row.identifier}</TableCell>
            <TableCell className="whitespace-nowrap">
              {view.replica}
              {view.replicaRegion ? <span className="text-muted"> {view.replicaRegion}</span> : null}
            </TableCell>
            <TableCell>
              <CircuitBadge circuit={view.circuit} />
            </TableCell>
            <TableCell numeric>{formatDuration(view.latencyMs)}</TableCell>
            <TableCell numeric>{formatDuration(view.firstTokenMs)}</TableCell>
            <TableCell numeric>{formatPercent(view.errorRate, 1)}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">
              <NextTry view={view} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
