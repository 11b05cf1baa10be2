'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useShortcut } from '#components/shortcuts/use-shortcut.ts'
import { Kbd } from '#components/ui/kbd.tsx'
import type { ApprovalDto } from '#lib/approvals/dto.ts'
import { type ApprovalView, byRule } from './approval-words.ts'
import { DecideMany } from './decide-many.tsx'
import { QueueRow } from './queue-row.tsx'

/** The requests of a view by rule, worked through by keyboard: J and K move, X selects. */
export function ApprovalQueue({
  requests,
  view,
  openId,
}: {
  requests: readonly ApprovalDto[]
  view: ApprovalView
  openId: string | null
}) {
  const [selected, setSelected] = useState<readonly string[]>([])
  const router = useRouter()
  const groups = byRule(requests)
  const ordered = groups.flatMap(group => group.rows)
  const chosen = ordered.filter(({ id, mine }) => mine && selected.includes(id))
  const hrefOf = (id: string) => `/approvals?view=${view}&open=${id}`
  const decides = view === 'waiting'

  function move(step: 1 | -1) {
    const at = ordered.findIndex(({ id }) => id === openId)
    const next = ordered[at < 0 ? 0 : at + step]
    if (next) router.replace(hrefOf(next.id), { scroll: false })
  }
  const select = (id: string, on: boolean) =>
    setSelected(before => (on ? [...new Set([...before, id])] : before.filter(other => other !== id)))

  useShortcut('j', () => move(1), { description: 'Next request', group: 'Approvals' })
  useShortcut('k', () => move(-1), { description: 'Request before', group: 'Approvals' })
  useShortcut('x', () => openId && select(openId, !selected.includes(openId)), {
    description: 'Select the request',
    group: 'Approvals',
    enabled: decides,
  })

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {groups.map(group => (
        <section key={group.key} aria-label={group.title}>
          <h2 className="border-line border-b bg-sunken px-4 py-2 text-muted text-xs md:px-6">
            {group.title} <span aria-hidden>·</span> {group.rows.length}
          </h2>
          <ul>
            {group.rows.map(request => (
              <QueueRow
                key={request.id}
                request={request}
                href={hrefOf(request.id)}
                open={request.id === openId}
                selected={selected.includes(request.id)}
                onSelect={decides ? on => select(request.id, on) : null}
              />
            ))}
          </ul>
        </section>
      ))}
      {chosen.length > 0 ? <DecideMany requests={chosen} onDone={setSelected} /> : null}
      <p className="mt-auto hidden gap-4 border-line border-t px-6 py-3 text-muted text-xs lg:flex">
        <span>
          <Kbd>J</Kbd> <Kbd>K</Kbd> move
        </span>
        <span>
          <Kbd>A</Kbd> approve
        </span>
        <span>
          <Kbd>R</Kbd> reject
        </span>
        <span>
          <Kbd>X</Kbd> select
        </span>
      </p>
    </div>
  )
}
