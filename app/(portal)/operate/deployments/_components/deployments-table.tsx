import Link from 'next/link'
import { formatDuration, formatNumber, formatPercent } from '#components/format.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { DeploymentDto, ReplicaViewDto } from '#lib/deployments/schema.ts'
import { CircuitBadge, NextTry } from '../../routes/_components/circuit-badge.tsx'

/** Each model at its provider, a line for every replica that has called it lately. */
export function DeploymentsTable({ deployments, label }: { deployments: readonly DeploymentDto[]; label: string }) {
  return (
    <Table label={label}>
      <TableHead>
        <tr>
          <TableHeader>Model</TableHeader>
          <TableHeader className="max-sm:hidden">Provider</TableHeader>
          <TableHeader>Gateway</TableHeader>
          <TableHeader>Circuit</TableHeader>
          <TableHeader numeric>Wait</TableHeader>
          <TableHeader numeric className="max-md:hidden">
            First token
          </TableHeader>
          <TableHeader numeric>Errors</TableHeader>
          <TableHeader numeric className="max-md:hidden">
            Calls
          </TableHeader>
          <TableHeader numeric className="max-md:hidden">
            Taken over
          </TableHeader>
          <TableHeader className="max-lg:hidden">Next try</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {deployments.flatMap(deployment =>
          deployment.replicas.map((view, index) => (
            <ViewRow key={view.replicaId} deployment={deployment} view={view} first={index === 0} />
          )),
        )}
      </TableBody>
    </Table>
  )
}

function ViewRow({ deployment, view, first }: { deployment: DeploymentDto; view: ReplicaViewDto; first: boolean }) {
  const { modelId, identifier, provider, region } = deployment
  return (
    <TableRow id={first ? modelId : undefined} className="scroll-mt-20 target:bg-selected">
      <TableCell className="whitespace-nowrap">
        {first ? (
          <Link
            href={`/build/models/${modelId}`}
            className="inline-block py-1 font-medium underline-offset-3 hover:underline"
          >
            {identifier}
          </Link>
        ) : (
          <span className="sr-only">{identifier}</span>
        )}
      </TableCell>
      <TableCell className="whitespace-nowrap max-sm:hidden">
        {first ? provider : null}
        {first && region ? <span className="text-muted"> {region}</span> : null}
      </TableCell>
      <TableCell className="whitespace-nowrap">
        {view.replica}
        {view.replicaRegion ? <span className="text-muted"> {view.replicaRegion}</span> : null}
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <CircuitBadge circuit={view.circuit} />
        {view.reason && view.circuit !== 'closed' ? (
          <span className="ml-2 text-muted text-xs">{view.reason}</span>
        ) : null}
      </TableCell>
      <TableCell numeric>{formatDuration(view.latencyMs)}</TableCell>
      <TableCell numeric className="max-md:hidden">
        {formatDuration(view.firstTokenMs)}
      </TableCell>
      <TableCell numeric>{formatPercent(view.errorRate, 1)}</TableCell>
      <TableCell numeric className="max-md:hidden">
        {formatNumber(view.calls)}
      </TableCell>
      <TableCell numeric className="max-md:hidden">
        {formatNumber(view.failovers)}
      </TableCell>
      <TableCell className="whitespace-nowrap text-muted max-lg:hidden">
        <NextTry view={view} />
      </TableCell>
    </TableRow>
  )
}
