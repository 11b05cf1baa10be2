'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { cn } from '#components/cn.ts'
import { ShortcutSheet } from '#components/shortcuts/shortcut-sheet.tsx'
import type { Theme } from '#components/theme.ts'
import { Sheet } from '#components/ui/sheet.tsx'
import type { CommandGroup, CommandSearch } from './commands.ts'
import { FleetChip, type FleetState } from './fleet-chip.tsx'
import { Header } from './header.tsx'
import type { NavigationGroup } from './navigation.ts'
import { CrumbProvider } from './page-crumb.tsx'
import { PersonMenu, type ShellPerson } from './person-menu.tsx'
import { type ShellOrganization, Sidebar, SidebarNavigation } from './sidebar.tsx'
import type { SidebarState } from './sidebar-state.ts'
import {
  goToCommands,
  useCrumbs,
  useDrawer,
  useFocusOnNavigation,
  usePalette,
  useShellShortcuts,
  useSidebar,
} from './use-shell.ts'

const CommandPalette = dynamic(() => import('./command-palette.tsx'), { ssr: false })

export type AppShellProps = {
  organization: ShellOrganization
  /** Already filtered by permission (`visibleNavigation`). */
  navigation: readonly NavigationGroup[]
  person: ShellPerson
  fleet: FleetState | null
  /** Where the fleet chip leads. */
  fleetHref: string
  theme: Theme
  sidebar: SidebarState
  /** Further groups of the palette ("Act"); "Go to" is made from the navigation. */
  commands?: readonly CommandGroup[]
  search?: CommandSearch
  /** Items at the end of the person menu: profile, sign out. */
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
  const [shortcutsOpen, setShortcutsOpen] = useState(false)
  const palette = usePalette()
  const drawer = useDrawer()
  const { crumbs, currentHref } = useCrumbs(navigation)
  const list = { navigation, currentHref, onStateChange: setSidebar }
  const showShortcuts = () => setShortcutsOpen(true)
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
          {fleet ? <FleetChip fleet={fleet} href={props.fleetHref} /> : null}
          <PersonMenu person={person} theme={props.theme} onShowShortcuts={showShortcuts}>
            {props.personMenu}
          </PersonMenu>
        </Header>
        {organization.demo ? <DemoStrip /> : null}
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          {children}
        </main>
      </div>
      <Sheet
        title="Gatehouse"
        description={organization.name}
        side="left"
        open={drawer.open}
        onOpenChange={drawer.setOpen}
        className="w-[min(18rem,86vw)] bg-sunken [&>div]:p-0 [&>header]:border-0"
      >
        <SidebarNavigation {...list} state={{ ...sidebar, collapsed: false }} />
      </Sheet>
      {palette.loaded ? (
        <CommandPalette
          open={palette.open}
          onOpenChange={palette.setOpen}
          groups={[goToCommands(navigation), ...(props.commands ?? [])]}
          search={props.search}
        />
      ) : null}
      <ShortcutSheet open={shortcutsOpen} onOpenChange={setShortcutsOpen} />
    </div>
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
