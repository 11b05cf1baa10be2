'use client'

import { type RefObject, useCallback } from 'react'
import { useShortcut } from '#components/shortcuts/use-shortcut.ts'

/** J and K move the focus from row to row, X selects the focused row. Enter is the row's own. */
export function useRowKeys(
  body: RefObject<HTMLTableSectionElement | null>,
  { count, onSelect }: { count: number; onSelect?: (index: number) => void },
): void {
  const rows = useCallback(
    () => [...(body.current?.querySelectorAll<HTMLTableRowElement>('tr[data-row]') ?? [])],
    [body],
  )
  const focused = () => rows().findIndex(row => row.contains(document.activeElement))
  const move = (step: number) => {
    const all = rows()
    const current = focused()
    const target = current < 0 ? (step > 0 ? 0 : all.length - 1) : current + step
    const row = all[Math.min(all.length - 1, Math.max(0, target))]
    row?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  }
  const enabled = count > 0
  useShortcut('j', () => move(1), { description: 'Next row', group: 'List', enabled })
  useShortcut('k', () => move(-1), { description: 'Previous row', group: 'List', enabled })
  useShortcut('x', () => focused() >= 0 && onSelect?.(focused()), {
    description: 'Select the row',
    group: 'List',
    enabled: enabled && onSelect !== undefined,
  })
}
