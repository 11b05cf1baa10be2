export const sidebarCookie = 'sidebar'

/** How the sidebar stands in this browser. */
export type SidebarState = {
  collapsed: boolean
  /** Labels of the groups folded away. */
  closedGroups: readonly string[]
}

/** Reads the cookie ("collapsed|Govern|Assure"); without one the sidebar is open with all groups. */
export function sidebarStateOf(cookie: string | undefined): SidebarState {
  const parts = decode(cookie ?? '')
    .split('|')
    .filter(Boolean)
  return { collapsed: parts.includes('collapsed'), closedGroups: parts.filter(part => part !== 'collapsed') }
}

/** The cookie value that `sidebarStateOf` reads back. */
export function sidebarCookieValue({ collapsed, closedGroups }: SidebarState): string {
  return [...(collapsed ? ['collapsed'] : []), ...closedGroups].join('|')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
