'use client'

import { KeyRound, Play } from 'lucide-react'
import { type ComponentProps, lazy, useMemo, useState } from 'react'
import { throttle } from '#components/live/throttle.ts'
import { useLive } from '#components/live/use-live.ts'
import { AppShell } from '#components/shell/app-shell.tsx'
import type { CommandGroup, CommandSearch } from '#components/shell/commands.ts'
import type { FleetState } from '#components/shell/fleet-chip.tsx'
import { searchAction } from '#lib/search/actions.ts'
import { fleetAction } from './fleet-actions.ts'
import { toFleetState } from './fleet-state.ts'

// The menu is loaded at the first press, and so are its items.
const PersonMenuItems = lazy(() => import('./person-menu-items.tsx'))

type PortalShellProps = Omit<
  ComponentProps<typeof AppShell>,
  'commands' | 'personMenu' | 'signOutHref' | 'fleetHref' | 'search'
> & {
  /** Which of the palette's acts the person may do. */
  may: { issueKeys: boolean; playground: boolean }
}

/** The frame with what needs the browser: the fleet chip kept true, the palette's acts, the person's own menu. */
export function PortalShell({ may, fleet: initialFleet, children, ...shell }: PortalShellProps) {
  const fleet = useFleet(initialFleet)
  const commands = useMemo(() => actsOf(may), [may])
  return (
    <AppShell
      {...shell}
      fleet={fleet}
      fleetHref="/operate/gateway"
      commands={commands}
      search={search}
      signOutHref="/sign-out"
      personMenu={<PersonMenuItems />}
    >
      {children}
    </AppShell>
  )
}

const search: CommandSearch = async text => {
  const result = await searchAction({ text })
  if (!result.ok) throw new Error(result.error.message)
  return result.data.map(({ kind, id, title, detail, href }) => ({
    id: `${kind} ${id}`,
    label: title,
    hint: `${KINDS[kind]}${detail ? `, ${detail}` : ''}`,
    href,
  }))
}

const KINDS = {
  request: 'Request',
  key: 'API key',
  model: 'Model',
  team: 'Team',
  person: 'Person',
  provider: 'Provider',
  route: 'Route',
  deployment: 'Deployment',
  drill: 'Failover drill',
  cache_policy: 'Cache policy',
  rate_limit: 'Rate limit',
  budget: 'Budget',
  approval: 'Approval',
  workload: 'Workload',
  brief: 'Brief',
  policy: 'Policy',
  exemption: 'Exemption',
  risk: 'Risk',
  decision: 'Board decision',
  meeting: 'Board meeting',
  model_request: 'Model request',
}

function useFleet(initial: FleetState | null): FleetState | null {
  const [fleet, setFleet] = useState(initial)
  const refresh = useMemo(
    () =>
      throttle(async () => {
        const result = await fleetAction(null)
        if (result.ok) setFleet(toFleetState(result.data))
      }, 1_000),
    [],
  )
  useLive(['config', 'fleet'], () => {
    if (!document.hidden) refresh.call()
  })
  return fleet
}

function actsOf(may: PortalShellProps['may']): CommandGroup[] {
  const issue = { id: 'act issue key', label: 'Issue an API key', icon: <KeyRound />, href: '/build/keys/new' }
  const ask = { id: 'act ask model', label: 'Ask a model', icon: <Play />, href: '/build/playground' }
  const commands = [...(may.issueKeys ? [issue] : []), ...(may.playground ? [ask] : [])]
  return commands.length > 0 ? [{ label: 'Act', commands }] : []
}
