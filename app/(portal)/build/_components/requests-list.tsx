import Link from 'next/link'
import { formatDuration, formatMoney, formatTokens } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { parseUsd } from '#core/usd.ts'
import type { RequestDto } from '#lib/requests/schema.ts'

/** A few requests as evidence; each leads to its own page. */
export function RequestsList({ requests, label }: { requests: readonly RequestDto[]; label: string }) {
  return (
    <Table label={label}>
      <TableHead>
        <tr>
          <TableHeader>When</TableHeader>
          <TableHeader>Model</TableHeader>
          <TableHeader className="max-md:hidden">Person</TableHeader>
          <TableHeader>Result</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Tokens in
          </TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Tokens out
          </TableHeader>
          <TableHeader numeric>Cost, USD</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Time
          </TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {requests.map(request => (
          <TableRow key={request.id}>
            <TableCell className="whitespace-nowrap">
              <Link href={`/operate/requests/${request.id}`} className="underline-offset-3 hover:underline">
                <RelativeTime time={request.occurredAt} />
              </Link>
            </TableCell>
            <TableCell>{request.modelIdentifier ?? request.requestedModel ?? 'None'}</TableCell>
            <TableCell className="max-md:hidden">{request.personName ?? 'Service'}</TableCell>
            <TableCell>
              <Badge tone={request.status < 400 ? 'ok' : request.status < 500 ? 'warn' : 'bad'}>
                {request.status < 400 ? 'Answered' : `${request.status} ${request.errorCode ?? ''}`.trim()}
              </Badge>
            </TableCell>
            <TableCell numeric className="max-sm:hidden">
              {formatTokens(request.inputTokens)}
            </TableCell>
            <TableCell numeric className="max-sm:hidden">
              {formatTokens(request.outputTokens)}
            </TableCell>
            <TableCell numeric>{costText(request)}</TableCell>
            <TableCell numeric className="max-sm:hidden">
              {formatDuration(request.latencyMs)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function costText({ costState, costUsd }: RequestDto): string {
  if (costState === 'unpriced') return 'unpriced'
  return formatMoney(costUsd === null ? null : parseUsd(costUsd), { currency: false })
}
