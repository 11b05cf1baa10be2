'use client'

import { Keyboard, Monitor, Moon, Sun } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { applyTheme, type Theme } from '#components/theme.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import { DropdownMenu, MenuItem, MenuRadios, MenuSeparator } from '#components/ui/dropdown-menu.tsx'

export type ShellPerson = {
  name: string
  /** E-mail address or role: the second line. */
  detail?: string
}

const themes = [
  { value: 'light', label: 'Light', icon: <Sun /> },
  { value: 'dark', label: 'Dark', icon: <Moon /> },
  { value: 'system', label: 'As the system', icon: <Monitor /> },
] as const

/** The menu behind the person's initials: theme, shortcuts, and the app's own items (profile, sign out). */
export function PersonMenu({
  person,
  theme: initialTheme,
  onShowShortcuts,
  children,
}: {
  person: ShellPerson
  theme: Theme
  onShowShortcuts: () => void
  children?: ReactNode
}) {
  const [theme, setTheme] = useState(initialTheme)
  return (
    <DropdownMenu
      trigger={
        <button type="button" aria-label={`${person.name}: account and theme`} className="rounded-full">
          <Avatar name={person.name} />
        </button>
      }
    >
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
    </DropdownMenu>
  )
}
