'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useShortcut } from '#components/shortcuts/use-shortcut.ts'
import { writeCookie } from '#components/theme.ts'
import type { Crumb } from '#components/ui/breadcrumb.tsx'
import type { CommandGroup } from './commands.ts'
import { currentEntry, type NavigationGroup } from './navigation.ts'
import { usePageCrumbs } from './page-crumb.tsx'
import { type SidebarState, sidebarCookie, sidebarCookieValue } from './sidebar-state.ts'

/** The sidebar's state, kept in a cookie so that the server draws it the same way. */
export function useSidebar(initial: SidebarState) {
  const [state, setState] = useState(initial)
  function change(next: SidebarState) {
    setState(next)
    writeCookie(sidebarCookie, sidebarCookieValue(next))
  }
  return [state, change] as const
}

/** The open state of something over the page whose code is loaded when it is first wanted. */
export function useOverlay() {
  const [state, setState] = useState({ open: false, loaded: false })
  return {
    ...state,
    setOpen: (open: boolean) => setState({ open, loaded: true }),
    toggle: () => setState(before => ({ open: !before.open, loaded: true })),
  }
}

/** The drawer of narrow screens; going to another page closes it. */
export function useDrawer() {
  const pathname = usePathname()
  const [openOn, setOpenOn] = useState<string | null>()
  return {
    open: openOn === pathname,
    loaded: openOn !== undefined,
    setOpen: (open: boolean) => setOpenOn(open ? pathname : null),
  }
}

/** The breadcrumb: group (unless the entry has its name), entry, then what the page adds. */
export function useCrumbs(navigation: readonly NavigationGroup[]): { crumbs: Crumb[]; currentHref: string | null } {
  const pathname = usePathname()
  const added = usePageCrumbs()
  const current = currentEntry(navigation, pathname)
  if (!current) return { crumbs: [...added], currentHref: null }
  const { group, entry } = current
  const place = group.label && group.label !== entry.label ? [{ label: group.label }] : []
  const crumbs = [...place, { label: entry.label, href: entry.href }, ...added]
  return { crumbs, currentHref: entry.href }
}

/** The keys that work on every page. */
export function useShellShortcuts(run: { palette: () => void; sidebar: () => void; shortcuts: () => void }): void {
  useShortcut('mod+k', run.palette, { description: 'Search or jump to', group: 'Everywhere' })
  useShortcut('[', run.sidebar, { description: 'Fold or unfold the sidebar', group: 'Everywhere' })
  useShortcut('?', run.shortcuts, { description: 'Show the keyboard shortcuts', group: 'Everywhere' })
}

/** Moves the focus to a new page's main landmark, so that keyboard and screen reader start there. */
export function useFocusOnNavigation(): void {
  const pathname = usePathname()
  const [first] = useState(pathname)
  useEffect(() => {
    if (pathname !== first && document.activeElement === document.body) document.getElementById('main')?.focus()
  }, [pathname, first])
}

/** The palette's "Go to" group: every entry of the navigation. */
export function goToCommands(navigation: readonly NavigationGroup[]): CommandGroup {
  const commands = navigation.flatMap(group =>
    group.entries.map(entry => ({
      id: `go to ${entry.href}`,
      label: entry.label,
      hint: group.label,
      icon: entry.icon,
      href: entry.href,
    })),
  )
  return { label: 'Go to', commands }
}
