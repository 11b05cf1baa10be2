'use client'

import { lazy } from 'react'
import type { DropdownMenuProps } from './dropdown-menu-popup.tsx'
import { OnDemand } from './on-demand.tsx'

const load = () => import('./dropdown-menu-popup.tsx')
const DropdownMenuPopup = lazy(load)

/** A menu of actions; children are MenuItem, MenuLink, MenuCheckbox, MenuRadios, MenuLabel and MenuSeparator. */
export function DropdownMenu(props: DropdownMenuProps) {
  return (
    <OnDemand trigger={props.trigger} haspopup="menu">
      <DropdownMenuPopup {...props} />
    </OnDemand>
  )
}

export const MenuItem = lazy(() => load().then(module => ({ default: module.MenuItem })))
export const MenuLink = lazy(() => load().then(module => ({ default: module.MenuLink })))
export const MenuCheckbox = lazy(() => load().then(module => ({ default: module.MenuCheckbox })))
export const MenuRadios = lazy(() => load().then(module => ({ default: module.MenuRadios })))
export const MenuLabel = lazy(() => load().then(module => ({ default: module.MenuLabel })))
export const MenuSeparator = lazy(() => load().then(module => ({ default: module.MenuSeparator })))
