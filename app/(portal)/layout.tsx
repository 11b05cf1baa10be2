import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { type NavigationGroup, visibleNavigation } from '#components/shell/navigation.ts'
import { sidebarCookie, sidebarStateOf } from '#components/shell/sidebar-state.ts'
import { themeCookie, themeOf } from '#components/theme.ts'
import { isPermission, ROLES, type Role } from '#core/permissions.ts'
import { type CountAtLeast, countWaiting } from '#lib/approvals/queries.ts'
import { fleetSummary } from '#lib/gateway-fleet/queries.ts'
import { countNotices } from '#lib/notices/queries.ts'
import { toFleetState } from './_components/fleet-state.ts'
import { NAVIGATION } from './_components/navigation.tsx'
import { pageContext } from './_components/page-context.ts'
import { PortalShell } from './_components/portal-shell.tsx'

/** The frame of every signed-in page. What it hides is also refused by the queries and verbs behind it. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const [{ ctx, viewer }, jar] = await Promise.all([pageContext(), cookies()])
  const [fleet, waiting, unread] = await Promise.all([fleetSummary(ctx), countWaiting(ctx), countNotices(ctx)])
  const { grants, organization, person } = viewer
  return (
    <PortalShell
      organization={{ name: organization.name, demo: organization.demo }}
      navigation={withCount(
        visibleNavigation(NAVIGATION, (name, wide) => {
          const scope = isPermission(name) ? grants[name] : undefined
          return wide ? scope === 'organization' : scope !== undefined
        }),
        waiting,
      )}
      person={{ name: person.name, detail: person.title ?? rolesText(person.roles) }}
      fleet={toFleetState(fleet)}
      inbox={{ href: '/inbox', unread }}
      theme={themeOf(jar.get(themeCookie)?.value)}
      sidebar={sidebarStateOf(jar.get(sidebarCookie)?.value)}
      may={{ issueKeys: grants['keys.issue'] !== undefined, playground: grants['playground.use'] !== undefined }}
    >
      <LiveRefresh topics={['approvals', 'notices']} />
      {children}
    </PortalShell>
  )
}

/** The number of requests that wait for the person, beside their entry. */
function withCount(groups: NavigationGroup[], { count, more }: CountAtLeast): NavigationGroup[] {
  return groups.map(group => ({
    ...group,
    entries: group.entries.map(entry => (entry.href === '/approvals' ? { ...entry, count, more } : entry)),
  }))
}

function rolesText(roles: readonly string[]): string {
  return roles.map(role => ROLES[role as Role] ?? role).join(', ')
}
