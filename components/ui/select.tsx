'use client'

import { Select as BaseSelect } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { controlClass } from './input.tsx'
import { popupClass, popupItemClass } from './popup.ts'

export type SelectItem<Value extends string = string> = {
  value: Value
  label: string
  /** A second line: what choosing it means. */
  hint?: ReactNode
  disabled?: boolean
}

export type SelectProps<Value extends string> = {
  items: readonly SelectItem<Value>[]
  value?: Value | null
  defaultValue?: Value | null
  onValueChange?: (value: Value) => void
  name?: string
  placeholder?: string
  disabled?: boolean
  required?: boolean
  size?: 'sm' | 'md'
  className?: string
  /** The name for assistive technology where no <Field> gives one. */
  'aria-label'?: string
}

/** One of a short list. In a <Field> pass it `nativeLabel={false}`. */
export function Select<Value extends string>({
  items,
  onValueChange,
  placeholder = 'Choose',
  size = 'md',
  className,
  'aria-label': ariaLabel,
  ...props
}: SelectProps<Value>) {
  return (
    <BaseSelect.Root
      items={items}
      onValueChange={value => {
        if (value !== null) onValueChange?.(value)
      }}
      {...props}
    >
      <BaseSelect.Trigger
        aria-label={ariaLabel}
        className={cn(
          controlClass,
          'flex items-center justify-between gap-2 text-left',
          size === 'sm' ? 'h-7 rounded-md px-2.5' : 'h-8.5',
          className,
        )}
      >
        <BaseSelect.Value placeholder={placeholder} className="truncate data-placeholder:text-faint" />
        <BaseSelect.Icon className="text-muted">
          <ChevronsUpDown className="size-3.5" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <BaseSelect.Popup
            className={cn(popupClass, 'max-h-(--available-height) min-w-(--anchor-width) max-w-96 overflow-y-auto p-1')}
          >
            <BaseSelect.List>
              {items.map(item => (
                <SelectOption key={item.value} item={item} />
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  )
}

function SelectOption({ item }: { item: SelectItem }) {
  return (
    <BaseSelect.Item
      value={item.value}
      disabled={item.disabled}
      className={cn(popupItemClass, 'justify-between gap-6')}
    >
      <span className="min-w-0">
        <BaseSelect.ItemText>{item.label}</BaseSelect.ItemText>
        {item.hint ? <span className="block text-muted text-xs">{item.hint}</span> : null}
      </span>
      <BaseSelect.ItemIndicator className="text-accent-text">
        <Check />
      </BaseSelect.ItemIndicator>
    </BaseSelect.Item>
  )
}
