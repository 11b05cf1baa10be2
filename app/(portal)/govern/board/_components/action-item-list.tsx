import Link from 'next/link'
import { formatDate } from '#components/format.ts'
import { Badge } from '#components/ui/badge.tsx'
import type { ActionItemDto } from '#lib/board/dto.ts'
import { CloseActionItem } from './close-action-item.tsx'

/** Who may say that an item is done: its owner, or anybody's for who runs the board. */
export type ClosableBy = { viewerId: string | null; manages: boolean } | null

/** Conditions and action items with owner, due day and how they stand. */
export function ActionItemList({ items, closableBy }: { items: readonly ActionItemDto[]; closableBy: ClosableBy }) {
  return (
    <ul className="text-sm">
      {items.map(item => (
        <li
          key={item.id}
          id={item.id}
          className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-line border-b py-2.5"
        >
          <div className="min-w-56 flex-1">
            <p>{item.text}</p>
            <p className="text-muted text-xs">
              {item.kind === 'condition' ? 'Condition' : 'Action item'} · {item.ownerName} · due{' '}
              {formatDate(item.dueAt)}
              {item.decisionId ? (
                <>
                  {' · '}
                  <Link className="underline underline-offset-3" href={`/govern/board/decisions/${item.decisionId}`}>
                    {item.decisionNumber}
                  </Link>
                </>
              ) : null}
              {item.evidence ? ` · ${item.closedByName ?? ''}: ${item.evidence}` : ''}
            </p>
          </div>
          <StateBadge item={item} />
          {item.state === 'open' && mayClose(item, closableBy) ? (
            <CloseActionItem id={item.id} text={item.text} mayCancel={closableBy?.manages ?? false} />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function mayClose({ ownerId }: ActionItemDto, closableBy: ClosableBy): boolean {
  return closableBy !== null && (closableBy.manages || ownerId === closableBy.viewerId)
}

function StateBadge({ item: { state, overdue } }: { item: ActionItemDto }) {
  if (state === 'done') return <Badge tone="ok">Done</Badge>
  if (state === 'cancelled') return <Badge tone="neutral">Not needed</Badge>
  return overdue ? <Badge tone="bad">Overdue</Badge> : <Badge tone="info">Open</Badge>
}
