'use client'

import { Select as BaseSelect } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import { cn } from '#components/cn.ts'
import { useFieldLabel } from './field-label.ts'
import { popupClass, popupItemClass } from './popup.ts'
import { type SelectItem, type SelectProps, selectClass } from './select.tsx'

/** A Select once it has been opened; its code is loaded then. */
export default function SelectPopup<Value extends string>({
  items,
  onValueChange,
  placeholder = 'Choose',
  size = 'md',
  className,
  'aria-label': ariaLabel,
  ...props
}: SelectProps<Value>) {
  const named = useFieldLabel(ariaLabel)
  return (
    <BaseSelect.Root
      defaultOpen
      items={items}
      onValueChange={value => {
        if (value !== null) onValueChange?.(value)
      }}
      {...props}
    >
      <BaseSelect.Trigger aria-label={ariaLabel} {...named} className={selectClass(size, className)}>
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
