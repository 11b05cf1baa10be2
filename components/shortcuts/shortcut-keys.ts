/** What of a keyboard event decides which shortcut is meant. */
export type KeyPress = {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** How long the second key of a sequence ("g k") may take, in milliseconds. */
export const sequenceTimeout = 900

/**
 * Whether the keys pressed last are those of a shortcut. A shortcut is one key ("j", "?", "Enter"), a key with the
 * command key of the platform ("mod+k", "mod+Enter"), or two keys one after the other ("g k").
 */
export function matchesShortcut(shortcut: string, press: KeyPress, previousKey: string | null): boolean {
  if (press.altKey) return false
  const command = press.ctrlKey || press.metaKey
  if (shortcut.startsWith('mod+')) return command && press.key.toLowerCase() === shortcut.slice(4).toLowerCase()
  if (command) return false
  const [first, second] = shortcut.split(' ')
  if (second === undefined) return press.key === first || press.key.toLowerCase() === first
  return previousKey === first && press.key.toLowerCase() === second
}

/** Whether a shortcut is a bare character, which people may switch off (WCAG 2.1.4). */
export function isCharacterShortcut(shortcut: string): boolean {
  return !shortcut.startsWith('mod+') && shortcut.split(' ').some(key => key.length === 1)
}

/** A shortcut as the keys to show: "mod+k" is ⌘ K on a Mac and Ctrl K elsewhere. */
export function shortcutKeys(shortcut: string, mac: boolean): string[] {
  return shortcut
    .split(/[+ ]/)
    .map(key => (key === 'mod' ? (mac ? '⌘' : 'Ctrl') : (keyNames[key] ?? key.toUpperCase())))
}

const keyNames: Record<string, string> = { Enter: '↵', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓' }
