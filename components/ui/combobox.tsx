'use client'

import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown, X } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { cn } from '#components/cn.ts'
import { popupClass, popupItemClass } from './popup.ts'
import type { SelectItem } from './select.tsx'

type SharedProps = {
  items: readonly SelectItem[]
  name?: string
  placeholder?: string
  disabled?: boolean
  className?: string
  /** Said when no item matches what was typed. */
  empty?: ReactNode
  'aria-label'?: string
}

export type ComboboxProps = SharedProps & {
  value?: string | null
  defaultValue?: string | null
  onValueChange?: (value: string | null) => void
  /** Hears what is typed, for items that are looked up. */
  onInputValueChange?: (text: string) => void
}

export type MultiComboboxProps = SharedProps & {
  value?: readonly string[]
  defaultValue?: readonly string[]
  onValueChange?: (value: string[]) => void
}

const frameClass =
  'flex min-h-8.5 w-full items-center gap-1.5 rounded-lg border border-line-strong bg-surface px-3 text-sm transition-colors focus-within:border-accent focus-within:outline-2 focus-within:outline-accent/35 hover:border-faint data-invalid:border-bad'

/** One of a long list, found by typing. */
export function Combobox({ items, placeholder, className, empty, 'aria-label': label, ...props }: ComboboxProps) {
  const { values, labelOf, itemOf } = useItems(items)
  return (
    <Base.Root items={values} itemToStringLabel={labelOf} {...props}>
      <Base.InputGroup className={cn(frameClass, className)}>
        <Base.Input
          aria-label={label}
          placeholder={placeholder}
          className="h-8 min-w-0 flex-1 bg-transparent outline-none"
        />
        <Base.Trigger aria-label="Show the list" className="-mr-1 grid size-6 place-items-center rounded-md text-muted">
          <ChevronsUpDown className="size-3.5" />
        </Base.Trigger>
      </Base.InputGroup>
      <ComboboxPopup itemOf={itemOf} empty={empty} />
    </Base.Root>
  )
}

/** Several of a long list, each shown as a chip: models of a key, tools of an agent. */
export function MultiCombobox(props: MultiComboboxProps) {
  const { items, placeholder, className, empty, value, defaultValue, 'aria-label': label, ...rest } = props
  const { values, labelOf, itemOf } = useItems(items)
  return (
    <Base.Root
      multiple
      items={values}
      itemToStringLabel={labelOf}
      value={value ? [...value] : undefined}
      defaultValue={defaultValue ? [...defaultValue] : undefined}
      {...rest}
    >
      <Base.InputGroup className={cn(frameClass, 'px-1.5', className)}>
        <Base.Chips className="flex min-w-0 flex-1 flex-wrap items-center gap-1 py-1">
          <Base.Value>
            {(chosen: string[]) => (
              <>
                {chosen.map(chip => (
                  <Base.Chip
                    key={chip}
                    aria-label={labelOf(chip)}
                    className="flex h-6 items-center gap-0.5 rounded-md bg-hover pl-2 text-sm outline-none data-highlighted:bg-selected focus-visible:outline-2 focus-visible:outline-focus"
                  >
                    {labelOf(chip)}
                    <Base.ChipRemove
                      aria-label={`Remove ${labelOf(chip)}`}
                      className="grid size-6 place-items-center rounded-md text-muted hover:text-ink"
                    >
                      <X className="size-3" />
                    </Base.ChipRemove>
                  </Base.Chip>
                ))}
                <Base.Input
                  aria-label={label}
                  placeholder={chosen.length === 0 ? placeholder : undefined}
                  className="h-6 min-w-16 flex-1 bg-transparent px-1.5 outline-none"
                />
              </>
            )}
          </Base.Value>
        </Base.Chips>
      </Base.InputGroup>
      <ComboboxPopup itemOf={itemOf} empty={empty} />
    </Base.Root>
  )
}

function ComboboxPopup({ itemOf, empty }: { itemOf: (value: string) => SelectItem | undefined; empty?: ReactNode }) {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} className="z-50 outline-none">
        <Base.Popup
          className={cn(
            popupClass,
            'max-h-[min(20rem,var(--available-height))] w-(--anchor-width) overflow-y-auto p-1',
          )}
        >
          <Base.Empty>
            <p className="px-2 py-1.5 text-muted">{empty ?? 'Nothing matches.'}</p>
          </Base.Empty>
          <Base.List>
            {(value: string) => {
              const item = itemOf(value)
              return (
                <Base.Item
                  key={value}
                  value={value}
                  disabled={item?.disabled}
                  className={cn(popupItemClass, 'justify-between gap-6')}
                >
                  <span className="min-w-0">
                    {item?.label ?? value}
                    {item?.hint ? <span className="block text-muted text-xs">{item.hint}</span> : null}
                  </span>
                  <Base.ItemIndicator className="text-accent-text">
                    <Check />
                  </Base.ItemIndicator>
                </Base.Item>
              )
            }}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

function useItems(items: readonly SelectItem[]) {
  return useMemo(() => {
    const byValue = new Map(items.map(item => [item.value, item]))
    return {
      values: items.map(item => item.value),
      itemOf: (value: string) => byValue.get(value),
      labelOf: (value: string) => byValue.get(value)?.label ?? value,
    }
  }, [items])
}
