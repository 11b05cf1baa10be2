import Link from 'next/link'
import { formatMoney, formatNumber } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { parseUsd } from '#core/usd.ts'
import type { WorkloadCallerDto, WorkloadDto } from '#lib/workloads/schema.ts'
import type { WorkloadUsage } from '#lib/workloads/usage.ts'

/** What gateways saw of a workload: models used against those allowed, and who calls it still. */
export function WorkloadEvidence({
  workload,
  usage,
  callers,
}: {
  workload: WorkloadDto
  usage: WorkloadUsage | null
  callers: readonly WorkloadCallerDto[]
}) {
  if (!usage)
    return <p className="text-muted text-sm">Its usage is seen by its team, its owner and who sees all usage.</p>
  return (
    <>
      <Section
        title="Models used, and whether they are allowed"
        description="30 days, from the sums that gateways sent. Calls that were refused count under the model they asked for."
      >
        <Models usage={usage} />
      </Section>
      <Section
        title="Who calls it"
        description="Seven days, the busiest key first."
        actions={
          <Link
            href={`/operate/requests?workload=${encodeURIComponent(workload.slug)}`}
            className="py-1 text-accent-text underline-offset-3 hover:underline"
          >
            All of its requests
          </Link>
        }
      >
        <Callers callers={callers} />
      </Section>
    </>
  )
}

function Models({ usage: { models } }: { usage: WorkloadUsage }) {
  if (models.length === 0) return <p className="text-muted text-sm">No call in 30 days.</p>
  return (
    <Table label="Models used">
      <TableHead>
        <tr>
          <TableHeader>Model</TableHeader>
          <TableHeader>Allowed</TableHeader>
          <TableHeader numeric>Calls</TableHeader>
          <TableHeader numeric>Cost</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {models.map(({ id, name, requests, costUsd, allowed }) => (
          <TableRow key={id ?? name}>
            <TableCell>
              {id ? (
                <Link href={`/build/models/${id}`} className="inline-block py-1 underline-offset-3 hover:underline">
                  {name}
                </Link>
              ) : (
                name
              )}
            </TableCell>
            <TableCell>
              <Badge tone={allowed ? 'ok' : 'warn'}>{allowed ? 'Allowed' : 'Not allowed'}</Badge>
            </TableCell>
            <TableCell numeric>{formatNumber(requests)}</TableCell>
            <TableCell numeric>{formatMoney(parseUsd(costUsd))}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Callers({ callers }: { callers: readonly WorkloadCallerDto[] }) {
  if (callers.length === 0) return <p className="text-muted text-sm">Nobody that you may see, in seven days.</p>
  return (
    <Table label="Callers">
      <TableHead>
        <tr>
          <TableHeader>Key</TableHeader>
          <TableHeader>Team</TableHeader>
          <TableHeader numeric>Calls</TableHeader>
          <TableHeader>Last</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {callers.map(({ keyId, keyName, teamName, requests, lastAt }) => (
          <TableRow key={keyId ?? keyName}>
            <TableCell>{keyName}</TableCell>
            <TableCell>{teamName}</TableCell>
            <TableCell numeric>{formatNumber(requests)}</TableCell>
            <TableCell>{lastAt ? <RelativeTime time={lastAt} /> : null}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
