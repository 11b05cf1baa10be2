import type { ReactNode } from 'react'

/** A line of the command palette: it goes to `href` or calls `run`. */
export type Command = {
  id: string
  label: string
  /** What kind of thing it is, or where: "API key, Support assistants". */
  hint?: string
  icon?: ReactNode
  href?: string
  run?: () => void
  /** Further words it is found by. */
  keywords?: readonly string[]
  /** Shown, not bound. */
  shortcut?: string
}

export type CommandGroup = {
  /** "Go to", "Act". */
  label: string
  commands: readonly Command[]
}

/** Finds records by name for the group "Find"; a server action fits. Only what the person may see. */
export type CommandSearch = (query: string) => Promise<readonly Command[]>

/** The commands whose label, hint or keywords hold every word of the query; without a query all of them. */
export function matchingCommands(groups: readonly CommandGroup[], query: string): CommandGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return groups.map(group => ({
    label: group.label,
    commands: group.commands.filter(command => {
      const text = [command.label, command.hint ?? '', ...(command.keywords ?? [])].join(' ').toLowerCase()
      return words.every(word => text.includes(word))
    }),
  }))
}
