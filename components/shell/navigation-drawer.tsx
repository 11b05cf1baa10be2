'use client'

import { Sheet } from '#components/ui/sheet.tsx'
import { type ShellOrganization, SidebarNavigation, type SidebarNavigationProps } from './sidebar.tsx'

/** The navigation of narrow screens, over the page. */
export default function NavigationDrawer({
  organization,
  open,
  setOpen,
  state,
  ...list
}: SidebarNavigationProps & {
  organization: ShellOrganization
  open: boolean
  setOpen: (open: boolean) => void
}) {
  return (
    <Sheet
      title="Gatehouse"
      description={organization.name}
      side="left"
      open={open}
      onOpenChange={setOpen}
      className="w-[min(18rem,86vw)] bg-sunken [&>div]:p-0 [&>header]:border-0"
    >
      <SidebarNavigation {...list} state={{ ...state, collapsed: false }} />
    </Sheet>
  )
}
