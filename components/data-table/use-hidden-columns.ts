'use client'

import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

/** The columns this browser hides in a table; until the browser has spoken, the defaults. */
export function useHiddenColumns(tableId: string, defaults: readonly string[]) {
  const key = `hidden-columns:${tableId}`
  const fallback = defaults.join()
  const stored = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key) ?? fallback,
    () => fallback,
  )
  const setHidden = useCallback(
    (columns: readonly string[]) => {
      localStorage.setItem(key, columns.join())
      for (const listener of listeners) listener()
    },
    [key],
  )
  return [stored.split(',').filter(Boolean), setHidden] as const
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
