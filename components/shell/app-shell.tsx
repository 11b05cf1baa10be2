'use client'

import dynamic from 'next/dynamic'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { cn } from '#components/cn.ts'
import type { Theme } from '#components/theme.ts'
import type { CommandGroup, CommandSearch } from './commands.ts'
import { FleetChip, type FleetState } from './fleet-chip.tsx'
import { Header } from './header.tsx'
import { InboxLink } from './inbox-link.tsx'
import type { NavigationGroup } from './navigation.ts'
import { CrumbProvider } from './page-crumb.tsx'
import { PersonButton, type ShellPerson } from './person-button.tsx'
import type { PersonMenuProps } from './person-menu.tsx'
import { type ShellOrganization, Sidebar } from './sidebar.tsx'
import type { SidebarState } from './sidebar-state.ts'
import {
  goToCommands,
  useCrumbs,
  useDrawer,
  useFocusOnNavigation,
  useOverlay,
  useShellShortcuts,
  useSidebar,
} from './use-shell.ts'

// What opens on demand is loaded on demand: the first load of every page carries this shell.
const CommandPalette = dynamic(() => import('./command-palette.tsx'), { ssr: false })
const NavigationDrawer = dynamic(() => import('./navigation-drawer.tsx'), { ssr: false })
const PersonMenu = lazy(() => import('./person-menu.tsx'))
const ShortcutSheet = dynamic(() => import('#components/shortcuts/shortcut-sheet.tsx'), { ssr: false })

export type AppShellProps = {
  organization: ShellOrganization
  /** Already filtered by permission (`visibleNavigation`). */
  navigation: readonly NavigationGroup[]
  person: ShellPerson
  fleet: FleetState | null
  /** Where the fleet chip leads. */
  fleetHref: string
  /** The person's notices: where they are, and how many are unread. */
  inbox?: { href: string; unread: number }
  theme: Theme
  sidebar: SidebarState
  /** Further groups of the palette ("Act"); "Go to" is made from the navigation. */
  commands?: readonly CommandGroup[]
  search?: CommandSearch
  signOutHref?: string
  /** Further items of the person menu, with their code imported lazily. */
  personMenu?: ReactNode
  children: ReactNode
}

/** The frame of every signed-in page: sidebar, header, palette, shortcuts and the main landmark. */
export function AppShell(props: AppShellProps) {
  return (
    <CrumbProvider>
      <Frame {...props} />
    </CrumbProvider>
  )
}

function Frame(props: AppShellProps) {
  const { organization, navigation, person, fleet, children } = props
  const [sidebar, setSidebar] = useSidebar(props.sidebar)
  const shortcuts = useOverlay()
  const palette = useOverlay()
  const drawer = useDrawer()
  const { crumbs, currentHref } = useCrumbs(navigation)
  const list = { navigation, currentHref, onStateChange: setSidebar }
  const showShortcuts = () => shortcuts.setOpen(true)
  useFocusOnNavigation()
  useShellShortcuts({
    palette: palette.toggle,
    sidebar: () => setSidebar({ ...sidebar, collapsed: !sidebar.collapsed }),
    shortcuts: showShortcuts,
  })

  return (
    <div className="flex min-h-dvh">
      <SkipLink />
      <SidebarColumn collapsed={sidebar.collapsed}>
        <Sidebar {...list} organization={organization} state={sidebar} />
      </SidebarColumn>
      <div className="flex min-w-0 flex-1 flex-col">
        <Header
          crumbs={crumbs}
          demo={organization.demo}
          onOpenMenu={() => drawer.setOpen(true)}
          onSearch={palette.toggle}
        >
          {props.inbox ? <InboxLink {...props.inbox} /> : null}
          {fleet ? <FleetChip fleet={fleet} href={props.fleetHref} /> : null}
          <PersonCorner
            person={person}
            theme={props.theme}
            signOutHref={props.signOutHref}
            onShowShortcuts={showShortcuts}
          >
            {props.personMenu}
          </PersonCorner>
        </Header>
        {organization.demo ? <DemoStrip /> : null}
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          {children}
        </main>
      </div>
      {drawer.loaded ? <NavigationDrawer {...list} {...drawer} organization={organization} state={sidebar} /> : null}
      {palette.loaded ? (
        <CommandPalette
          open={palette.open}
          onOpenChange={palette.setOpen}
          groups={[goToCommands(navigation), ...(props.commands ?? [])]}
          search={props.search}
        />
      ) : null}
      {shortcuts.loaded ? <ShortcutSheet open={shortcuts.open} onOpenChange={shortcuts.setOpen} /> : null}
    </div>
  )
}

/** The initials; the menu behind them is loaded at the first press. */
function PersonCorner(props: PersonMenuProps) {
  const [wanted, setWanted] = useState(false)
  if (!wanted) return <PersonButton person={props.person} onClick={() => setWanted(true)} />
  return (
    <Suspense fallback={<PersonButton person={props.person} aria-busy />}>
      <PersonMenu {...props} />
    </Suspense>
  )
}

function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-70 -translate-y-16 rounded-lg bg-accent px-3 py-2 font-medium text-on-accent text-sm focus:translate-y-0"
    >
      Skip to the page
    </a>
  )
}

function SidebarColumn({ collapsed, children }: { collapsed: boolean; children: ReactNode }) {
  return (
    <aside
      data-shell="sidebar"
      aria-label="Sidebar"
      className={cn(
        'z-10 shrink-0 border-line border-r bg-sunken transition-[width] duration-150 max-md:hidden',
        collapsed ? 'w-14' : 'w-(--sidebar-width)',
      )}
    >
      <div className="sticky top-0 h-dvh">{children}</div>
    </aside>
  )
}

/** The demo marker of narrow screens, where the header has no room for it. */
function DemoStrip() {
  return (
    <section
      aria-label="About this organization"
      className="border-line border-b bg-info-soft px-4 py-1 text-center text-info-text text-xs lg:hidden"
    >
      Demo organization
    </section>
  )
}
