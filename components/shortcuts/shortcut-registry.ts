import { isCharacterShortcut, matchesShortcut, sequenceTimeout } from './shortcut-keys.ts'

export type Shortcut = {
  keys: string
  /** What it does, for the list behind "?". */
  description: string
  /** The heading it stands under in that list. */
  group: string
  run: (event: KeyboardEvent) => void
}

const storageKey = 'character-shortcuts'
const listeners = new Set<() => void>()
let shortcuts: readonly Shortcut[] = []
let previous: { key: string; at: number } | null = null

/** Makes a shortcut work until the returned function is called; of equal keys the one added last wins. */
export function addShortcut(shortcut: Shortcut): () => void {
  if (shortcuts.length === 0) window.addEventListener('keydown', dispatch)
  shortcuts = [...shortcuts, shortcut]
  notify()
  return () => {
    shortcuts = shortcuts.filter(other => other !== shortcut)
    if (shortcuts.length === 0) window.removeEventListener('keydown', dispatch)
    notify()
  }
}

/** All shortcuts that work at this moment. */
export function activeShortcuts(): readonly Shortcut[] {
  return shortcuts
}

export function subscribeToShortcuts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether single characters act as shortcuts in this browser. */
export function characterShortcutsOn(): boolean {
  return localStorage.getItem(storageKey) !== 'off'
}

export function setCharacterShortcuts(on: boolean): void {
  localStorage.setItem(storageKey, on ? 'on' : 'off')
  notify()
}

function notify() {
  for (const listener of listeners) listener()
}

function dispatch(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return
  const before = previous && event.timeStamp - previous.at < sequenceTimeout ? previous.key : null
  const shortcut = shortcuts.findLast(candidate => matchesShortcut(candidate.keys, event, before))
  previous = { key: event.key.toLowerCase(), at: event.timeStamp }
  if (!shortcut) return
  const bare = !shortcut.keys.startsWith('mod+')
  if (bare && blocksBareKeys(event.target)) return
  if (isCharacterShortcut(shortcut.keys) && !characterShortcutsOn()) return
  event.preventDefault()
  shortcut.run(event)
}

function blocksBareKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.closest('input, textarea, select, [role=menu], [role=listbox]')) return true
  const dialog = document.querySelector('[role=dialog][data-open], [role=alertdialog][data-open]')
  return dialog !== null && !dialog.contains(target)
}
