'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { formatDateTime } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.ts'
import { retryDeliveryAction } from '#lib/notification-channels/actions.ts'
import type { DeliveryDto } from '#lib/notification-channels/schema.ts'
import { outcomeOf, STATES } from './channel-words.ts'

/** What was sent through channels, newest first, with what the other side said and when it is tried next. */
export function DeliveryLog({
  deliveries,
  now,
  mayRetry,
}: {
  deliveries: readonly DeliveryDto[]
  now: number
  mayRetry: boolean
}) {
  return (
    <Table label="Deliveries">
      <TableHead>
        <TableRow>
          <TableHeader>When</TableHeader>
          <TableHeader>News</TableHeader>
          <TableHeader>Through</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader numeric>Attempts</TableHeader>
          <TableHeader>Answer</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {deliveries.map(delivery => (
          <TableRow key={delivery.id}>
            <TableCell className="whitespace-nowrap">
              <RelativeTime time={delivery.createdAt} />
            </TableCell>
            <TableCell className="max-w-80 truncate">
              {delivery.title}
              {delivery.digest ? <span className="text-muted"> (digest)</span> : null}
            </TableCell>
            <TableCell className="whitespace-nowrap">
              {delivery.channelName}
              <span className="text-muted">{delivery.personName ? ` to ${delivery.personName}` : ''}</span>
            </TableCell>
            <TableCell>
              <Badge tone={STATES[delivery.state].tone}>{STATES[delivery.state].label}</Badge>
            </TableCell>
            <TableCell numeric>
              <span title={delivery.attempts.map(one => `${formatDateTime(one.at)}: ${one.answer}`).join('\n')}>
                {delivery.attempts.length}
              </span>
            </TableCell>
            <TableCell className="max-w-80">
              <span className="flex items-center gap-2">
                <span className="truncate text-muted" suppressHydrationWarning>
                  {outcomeOf(delivery, now)}
                </span>
                {mayRetry && delivery.state === 'failed' ? <Retry id={delivery.id} title={delivery.title} /> : null}
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Retry({ id, title }: { id: string; title: string }) {
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  return (
    <Button
      size="sm"
      loading={pending}
      aria-label={`Try again: ${title}`}
      onClick={() =>
        startTransition(async () => {
          const result = await retryDeliveryAction({ id })
          if (!result.ok) toast.error('It is not tried again', { description: result.error.message })
          router.refresh()
        })
      }
    >
      Try again
    </Button>
  )
}
