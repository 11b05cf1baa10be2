'use client'

import { Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { applyTheme, type Theme } from '#components/theme.ts'
import DropdownMenu, { MenuItem, MenuLink, MenuRadios, MenuSeparator } from '#components/ui/dropdown-menu-popup.tsx'
import { PersonButton, type ShellPerson } from './person-button.tsx'

const themes = [
  { value: 'light', label: 'Light', icon: <Sun /> },
  { value: 'dark', label: 'Dark', icon: <Moon /> },
  { value: 'system', label: 'As the system', icon: <Monitor /> },
] as const

export type PersonMenuProps = {
  person: ShellPerson
  theme: Theme
  onShowShortcuts: () => void
  /** The page or route that ends the session. */
  signOutHref?: string
  /** Further items. Import their code lazily: the menu itself is. */
  children?: ReactNode
}

/** The menu behind the person's initials: theme, shortcuts, and the app's own items (profile, sign out). */
export default function PersonMenu({
  person,
  theme: initialTheme,
  onShowShortcuts,
  signOutHref,
  children,
}: PersonMenuProps) {
  const [theme, setTheme] = useState(initialTheme)
  return (
    <DropdownMenu trigger={<PersonButton person={person} />}>
      <div className="px-2 py-1.5">
        <p className="truncate font-medium">{person.name}</p>
        {person.detail ? <p className="truncate text-muted text-xs">{person.detail}</p> : null}
      </div>
      <MenuSeparator />
      <MenuRadios
        label="Theme"
        value={theme}
        items={themes}
        onValueChange={next => {
          setTheme(next)
          applyTheme(next)
        }}
      />
      <MenuSeparator />
      <MenuItem icon={<Keyboard />} shortcut="?" onSelect={onShowShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      {children}
      {signOutHref ? (
        <>
          <MenuSeparator />
          <MenuLink href={signOutHref} icon={<LogOut />}>
            Sign out
          </MenuLink>
        </>
      ) : null}
    </DropdownMenu>
  )
}
