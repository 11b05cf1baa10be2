'use client'

import { ChevronDown, PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { CountBadge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { BrandMark } from './brand.tsx'
import type { NavigationEntry, NavigationGroup } from './navigation.ts'
import type { SidebarState } from './sidebar-state.ts'

export type ShellOrganization = {
  name: string
  /** Shows "Demo organization" wherever the person is. */
  demo?: boolean
}

type SidebarProps = {
  organization: ShellOrganization
  navigation: readonly NavigationGroup[]
  currentHref: string | null
  state: SidebarState
  onStateChange: (state: SidebarState) => void
}

export type SidebarNavigationProps = Omit<SidebarProps, 'organization'> & {
  /** Stands at the foot beside Admin. */
  tail?: ReactNode
}

/** The left column: organization, groups, and at the foot Admin and the fold button. */
export function Sidebar({ organization, navigation, currentHref, state, onStateChange }: SidebarProps) {
  const { collapsed } = state
  const Icon = collapsed ? PanelLeftOpen : PanelLeftClose
  return (
    <div className="flex h-full flex-col bg-sunken">
      <Organization organization={organization} collapsed={collapsed} />
      <SidebarNavigation
        navigation={navigation}
        currentHref={currentHref}
        state={state}
        onStateChange={onStateChange}
        tail={
          <Button
            variant="ghost"
            size="icon-sm"
            className="self-center text-muted"
            title={collapsed ? 'Unfold the sidebar, key [' : 'Fold the sidebar, key ['}
            aria-label={collapsed ? 'Unfold the sidebar' : 'Fold the sidebar'}
            onClick={() => onStateChange({ ...state, collapsed: !collapsed })}
          >
            <Icon />
          </Button>
        }
      />
    </div>
  )
}

/** Whose organization this is, and that it is a demo where it is one. */
export function Organization({ organization, collapsed }: { organization: ShellOrganization; collapsed?: boolean }) {
  return (
    <div className={cn('flex shrink-0 items-center gap-2.5 px-4.5 pt-4 pb-2', collapsed && 'justify-center px-0')}>
      <BrandMark />
      <div className={cn('min-w-0', collapsed && 'sr-only')}>
        <p className="truncate font-semibold text-base leading-4.5">Gatehouse</p>
        <p className="truncate text-muted text-xs">{organization.name}</p>
      </div>
    </div>
  )
}

/** The groups and entries alone: inside the sidebar and inside the drawer of narrow screens. */
export function SidebarNavigation({ navigation, currentHref, state, onStateChange, tail }: SidebarNavigationProps) {
  const toggle = (label: string) => {
    const closed = state.closedGroups.includes(label)
    const others = state.closedGroups.filter(other => other !== label)
    onStateChange({ ...state, closedGroups: closed ? others : [...others, label] })
  }
  const group = (item: NavigationGroup) => (
    <Group
      key={item.label ?? 'first'}
      group={item}
      currentHref={currentHref}
      collapsed={state.collapsed}
      closed={item.label !== undefined && state.closedGroups.includes(item.label)}
      onToggle={toggle}
    />
  )
  return (
    <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-4 [scrollbar-width:thin]">
        {navigation.filter(item => !item.foot).map(group)}
      </div>
      <div
        className={cn(
          'flex items-center gap-1 border-line border-t px-2.5 py-2',
          state.collapsed && 'flex-col items-stretch',
        )}
      >
        <div className="min-w-0 flex-1">{navigation.filter(item => item.foot).map(group)}</div>
        {tail}
      </div>
    </nav>
  )
}

type GroupProps = {
  group: NavigationGroup
  currentHref: string | null
  collapsed: boolean
  closed: boolean
  onToggle: (label: string) => void
}

function Group({ group, currentHref, collapsed, closed, onToggle }: GroupProps) {
  const { label, foot, entries } = group
  const folded = closed && !collapsed && !foot && !entries.some(entry => entry.href === currentHref)
  return (
    <div className={cn(!foot && label && 'mt-3.5', collapsed && label && !foot && 'mt-2 border-line border-t pt-2')}>
      {label && !collapsed && !foot ? (
        <button
          type="button"
          aria-expanded={!folded}
          onClick={() => onToggle(label)}
          className="group flex h-7 w-full items-center justify-between rounded-md px-2 text-muted text-xs hover:text-ink"
        >
          {label}
          <ChevronDown
            className={cn('size-3 opacity-0 transition group-hover:opacity-100', folded && '-rotate-90 opacity-100')}
          />
        </button>
      ) : null}
      {folded ? null : (
        <ul>
          {entries.map(entry => (
            <li key={entry.href}>
              <EntryLink entry={entry} current={entry.href === currentHref} collapsed={collapsed} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function EntryLink({ entry, current, collapsed }: { entry: NavigationEntry; current: boolean; collapsed: boolean }) {
  return (
    <Link
      href={entry.href}
      aria-current={current ? 'page' : undefined}
      aria-label={collapsed ? entry.label : undefined}
      title={collapsed ? entry.label : undefined}
      className={cn(
        'focus-ring-inset relative my-px flex h-7.5 items-center gap-2.5 rounded-lg px-2 text-muted text-sm transition-colors hover:bg-hover hover:text-ink [&>svg]:size-3.5 [&>svg]:shrink-0',
        current && 'bg-selected font-medium text-ink hover:bg-selected [&>svg]:text-accent-text',
        collapsed && 'justify-center',
      )}
    >
      {entry.icon}
      {collapsed ? null : <span className="min-w-0 flex-1 truncate">{entry.label}</span>}
      {entry.count && !collapsed ? (
        <CountBadge count={entry.count} more={entry.more} strong={current} label="waiting" />
      ) : null}
      {entry.count && collapsed ? <span className="absolute top-1 right-1 size-1.5 rounded-full bg-accent" /> : null}
    </Link>
  )
}
