'use client'

import { useEffect, useRef, useSyncExternalStore } from 'react'
import {
  activeShortcuts,
  addShortcut,
  characterShortcutsOn,
  type Shortcut,
  subscribeToShortcuts,
} from './shortcut-registry.ts'

const none: readonly Shortcut[] = []

/**
 * Binds a key while the component is on the page and lists it behind "?". Keys: "a", "mod+Enter", "g k".
 * Bare keys do nothing while somebody types.
 */
export function useShortcut(
  keys: string,
  run: (event: KeyboardEvent) => void,
  options: { description: string; group?: string; enabled?: boolean },
): void {
  const { description, group = 'This page', enabled = true } = options
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!enabled) return
    return addShortcut({ keys, description, group, run: event => latest.current(event) })
  }, [keys, description, group, enabled])
}

/** The shortcuts that work now and whether bare characters are among them. */
export function useActiveShortcuts(): { shortcuts: readonly Shortcut[]; charactersOn: boolean } {
  const shortcuts = useSyncExternalStore(subscribeToShortcuts, activeShortcuts, () => none)
  const charactersOn = useSyncExternalStore(subscribeToShortcuts, characterShortcutsOn, () => true)
  return { shortcuts, charactersOn }
}

/** Whether the command key of this platform is ⌘; true on the server. */
export function useMac(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => true,
  )
}
