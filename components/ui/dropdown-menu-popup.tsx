'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { Kbd } from './kbd.tsx'
import { popupClass, popupItemClass } from './popup.ts'

export type DropdownMenuProps = {
  trigger: ReactElement
  align?: 'start' | 'center' | 'end'
  className?: string
  children: ReactNode
}

/** The menu of DropdownMenu; loaded when one is first opened. */
export default function DropdownMenuPopup({ trigger, align = 'end', className, children }: DropdownMenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50 outline-none">
          <Base.Popup
            className={cn(popupClass, 'max-h-(--available-height) min-w-48 max-w-80 overflow-y-auto p-1', className)}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export type MenuItemProps = {
  icon?: ReactNode
  shortcut?: string
  danger?: boolean
  disabled?: boolean
  onSelect?: () => void
  /** False keeps the menu open after a press. */
  closeOnSelect?: boolean
  children: ReactNode
}

export function MenuItem({ icon, shortcut, danger, disabled, onSelect, closeOnSelect, children }: MenuItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      onClick={onSelect}
      closeOnClick={closeOnSelect}
      className={cn(popupItemClass, danger && 'text-bad-text')}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </Base.Item>
  )
}

export function MenuLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Base.LinkItem render={<Link href={href} />} className={popupItemClass} closeOnClick>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
    </Base.LinkItem>
  )
}

export function MenuCheckbox({
  checked,
  onCheckedChange,
  children,
}: {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  children: ReactNode
}) {
  return (
    <Base.CheckboxItem checked={checked} onCheckedChange={onCheckedChange} className={popupItemClass}>
      <span className="min-w-0 flex-1">{children}</span>
      <Base.CheckboxItemIndicator className="text-accent-text">
        <Check />
      </Base.CheckboxItemIndicator>
    </Base.CheckboxItem>
  )
}

/** One of a few settings inside a menu: the theme, the density. */
export function MenuRadios<Value extends string>({
  label,
  value,
  items,
  onValueChange,
}: {
  label: string
  value: Value
  items: readonly { value: Value; label: string; icon?: ReactNode }[]
  onValueChange: (value: Value) => void
}) {
  return (
    <Base.RadioGroup value={value} onValueChange={onValueChange}>
      <MenuLabel>{label}</MenuLabel>
      {items.map(item => (
        <Base.RadioItem key={item.value} value={item.value} className={popupItemClass}>
          {item.icon}
          <span className="min-w-0 flex-1">{item.label}</span>
          <Base.RadioItemIndicator className="text-accent-text">
            <Check />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-1.5 pb-1 text-muted text-xs">{children}</div>
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />
}
