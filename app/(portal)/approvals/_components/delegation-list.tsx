'use client'

import { useRouter } from 'next/navigation'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { formatDateTime } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { endDelegationAction } from '#lib/approvals/actions.ts'
import type { DelegationDto } from '#lib/approvals/dto.ts'

/** Who decides in whose place, for what and until when; each can be ended early. */
export function DelegationList({
  delegations,
  kinds,
  mayEnd,
}: {
  delegations: readonly DelegationDto[]
  kinds: readonly { value: string; label: string }[]
  mayEnd: boolean
}) {
  const router = useRouter()
  const titleOf = (kind: string) => kinds.find(({ value }) => value === kind)?.label ?? kind
  return (
    <ul className="text-sm">
      {delegations.map(one => (
        <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b py-3">
          <div className="min-w-0 flex-1 basis-64">
            <p className="font-medium">
              {one.toName} decides for {one.fromName}
            </p>
            <p className="text-muted">
              {one.kinds.length === 0 ? 'Everything' : one.kinds.map(titleOf).join(', ')}
              {one.reason ? `. ${one.reason}` : ''}
            </p>
          </div>
          <Standing delegation={one} />
          {mayEnd ? (
            <ConfirmDialog
              title={`End it: ${one.toName} for ${one.fromName}?`}
              description={`From now on ${one.toName} decides nothing in the place of ${one.fromName}. Votes already cast stand.`}
              action="End now"
              danger={false}
              trigger={<Button size="sm">End now</Button>}
              onConfirm={async () => {
                const result = await endDelegationAction({ id: one.id })
                if (!result.ok) return result.error.message
                router.refresh()
              }}
            />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Standing({ delegation }: { delegation: DelegationDto }) {
  const begun = new Date(delegation.startsAt).getTime() <= Date.now()
  return (
    <span className="flex items-center gap-2 text-muted" suppressHydrationWarning>
      <Badge tone={begun ? 'ok' : 'neutral'}>{begun ? 'In force' : 'Planned'}</Badge>
      {begun ? (
        <>
          ends <RelativeTime time={delegation.endsAt} />
        </>
      ) : (
        <>
          {formatDateTime(delegation.startsAt)} to {formatDateTime(delegation.endsAt)}
        </>
      )}
    </span>
  )
}
