import { formatCompact, formatCount, formatDuration, formatNumber, unknownText } from '#components/format.ts'
import { LiveDot } from '#components/page/live-dot.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { ReplicaDto } from '#lib/gateway-fleet/schema.ts'

const STATES: Record<ReplicaDto['state'], { label: string; tone: Tone }> = {
  starting: { label: 'Starting', tone: 'info' },
  ready: { label: 'Ready', tone: 'ok' },
  degraded: { label: 'Degraded', tone: 'warn' },
  draining: { label: 'Draining', tone: 'neutral' },
  lost: { label: 'Lost', tone: 'bad' },
}

const HEADS = ['Calls/s', 'In flight', 'Added p50', 'Added p99', 'Spool', 'Memory'] as const

/** Every gateway process with the version it runs and what it says of itself. */
export function ReplicasTable({ replicas }: { replicas: readonly ReplicaDto[] }) {
  return (
    <Table label="Gateway replicas">
      <TableHead>
        <tr>
          <TableHeader>Replica</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader>Configuration</TableHeader>
          {HEADS.map(head => (
            <TableHeader key={head} numeric>
              {head}
            </TableHeader>
          ))}
          <TableHeader>Since</TableHeader>
          <TableHeader>Last seen</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {replicas.map(replica => (
          <ReplicaRow key={replica.id} replica={replica} />
        ))}
      </TableBody>
    </Table>
  )
}

function ReplicaRow({ replica }: { replica: ReplicaDto }) {
  const { label, tone } = STATES[replica.state]
  const { stats } = replica
  return (
    <TableRow className={replica.state === 'lost' ? 'text-muted' : undefined}>
      <TableCell className="whitespace-nowrap font-medium">
        <LiveDot tone={tone}>
          {replica.name}
          {replica.region ? <span className="font-normal text-muted"> {replica.region}</span> : null}
        </LiveDot>
      </TableCell>
      <TableCell>
        <Badge tone={tone}>{label}</Badge>
      </TableCell>
      <TableCell className="whitespace-nowrap">
        v{replica.configVersion} <span className="text-muted">{lagText(replica)}</span>
      </TableCell>
      <TableCell numeric>{stats ? formatNumber(stats.requestsPerSecond, 1) : unknownText}</TableCell>
      <TableCell numeric>{formatNumber(stats?.inFlight)}</TableCell>
      <TableCell numeric>{formatDuration(stats?.overheadP50Ms)}</TableCell>
      <TableCell numeric>{formatDuration(stats?.overheadP99Ms)}</TableCell>
      <TableCell numeric>{formatCompact(stats?.spoolEvents ?? null)}</TableCell>
      <TableCell numeric>{stats ? `${formatNumber(stats.memoryBytes / 1_048_576)} MB` : unknownText}</TableCell>
      <TableCell className="whitespace-nowrap">
        <RelativeTime time={replica.startedAt} />
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <RelativeTime time={replica.lastSeenAt} />
      </TableCell>
    </TableRow>
  )
}

function lagText({ documentsBehind }: ReplicaDto): string {
  return documentsBehind === 0 ? 'newest' : `${formatCount(documentsBehind, 'document')} behind`
}
