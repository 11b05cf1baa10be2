'use client'

import { KeyRound, LogOut, Play } from 'lucide-react'
import { type ComponentProps, useMemo } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import type { CommandGroup } from '#components/shell/commands.ts'
import { MenuLink, MenuSeparator } from '#components/ui/dropdown-menu.tsx'

type PortalShellProps = Omit<ComponentProps<typeof AppShell>, 'commands' | 'personMenu' | 'fleetHref'> & {
  /** Which of the palette's acts the person may do. */
  may: { issueKeys: boolean; playground: boolean }
}

/** The frame with what needs the browser: the palette's acts and the person's own menu. */
export function PortalShell({ may, children, ...shell }: PortalShellProps) {
  const commands = useMemo(() => actsOf(may), [may])
  return (
    <AppShell
      {...shell}
      fleetHref="/operate/gateway"
      commands={commands}
      personMenu={
        <>
          <MenuSeparator />
          <MenuLink href="/sign-out" icon={<LogOut />}>
            Sign out
          </MenuLink>
        </>
      }
    >
      {children}
    </AppShell>
  )
}

function actsOf(may: PortalShellProps['may']): CommandGroup[] {
  const issue = { id: 'act issue key', label: 'Issue an API key', icon: <KeyRound />, href: '/build/keys/new' }
  const ask = { id: 'act ask model', label: 'Ask a model', icon: <Play />, href: '/build/playground' }
  const commands = [...(may.issueKeys ? [issue] : []), ...(may.playground ? [ask] : [])]
  return commands.length > 0 ? [{ label: 'Act', commands }] : []
}
