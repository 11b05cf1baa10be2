import type { ReactNode } from 'react'

/** One line of the sidebar. */
export type NavigationEntry = {
  label: string
  href: string
  /** An icon element: <KeyRound />. */
  icon: ReactNode
  /** The permission that shows it; without one everybody sees it. */
  permission?: string
  /** Whether the permission has to reach the whole organization. */
  wide?: boolean
  /** Items waiting for the person; absent or 0 shows none. */
  count?: number
  /** There may be more than `count`. */
  more?: boolean
}

/** Entries for one audience. */
export type NavigationGroup = {
  /** The heading; the first group (Home) needs none. It is the first breadcrumb of its pages. */
  label?: string
  entries: readonly NavigationEntry[]
  /** Stands at the foot of the sidebar: Admin. */
  foot?: boolean
}

/** The groups a person may use: entries without the permission are left out, then empty groups. */
export function visibleNavigation(
  groups: readonly NavigationGroup[],
  can: (permission: string, wide: boolean) => boolean,
): NavigationGroup[] {
  return groups
    .map(group => ({
      ...group,
      entries: group.entries.filter(
        entry => entry.permission === undefined || can(entry.permission, entry.wide ?? false),
      ),
    }))
    .filter(group => group.entries.length > 0)
}

/** The entry a path belongs to: the longest href that is the path or a folder of it. */
export function currentEntry(
  groups: readonly NavigationGroup[],
  pathname: string,
): { group: NavigationGroup; entry: NavigationEntry } | null {
  let best: { group: NavigationGroup; entry: NavigationEntry } | null = null
  for (const group of groups) {
    for (const entry of group.entries) {
      const matches = pathname === entry.href || pathname.startsWith(`${entry.href}/`)
      if (matches && (best === null || entry.href.length > best.entry.href.length)) best = { group, entry }
    }
  }
  return best
}
