'use client'

import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown, X } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react'
import { cn } from '#components/cn.ts'
import {
  type ComboboxProps,
  chipClass,
  chipInputClass,
  chipRemoveClass,
  chipsClass,
  frameClass,
  inputClass,
  type MultiComboboxProps,
  triggerClass,
} from './combobox.tsx'
import { useFieldLabel } from './field-label.ts'
import { popupClass, popupItemClass } from './popup.ts'
import type { SelectItem } from './select.tsx'

/** How a control was left by the one that stood in its place while the code was loaded. */
export type ComboboxStart = {
  open: boolean
  focused: boolean
  typed: string
  /** What of the text was selected: all of it for whoever came by Tab, to write over it. */
  selection?: readonly [number, number]
}

/** A Combobox once it has been focused; its code is loaded then. */
export function ComboboxPopup({
  items,
  placeholder,
  className,
  empty,
  'aria-label': label,
  start,
  ...props
}: ComboboxProps & { start: ComboboxStart }) {
  const { values, labelOf, itemOf } = useItems(items)
  const named = useFieldLabel(label)
  const input = useContinued(start)
  return (
    <Base.Root items={values} itemToStringLabel={labelOf} defaultOpen={start.open} {...props}>
      <Base.InputGroup className={cn(frameClass, className)}>
        <Base.Input ref={input} aria-label={label} {...named} placeholder={placeholder} className={inputClass} />
        <Base.Trigger aria-label="Show the list" className={triggerClass}>
          <ChevronsUpDown className="size-3.5" />
        </Base.Trigger>
      </Base.InputGroup>
      <List itemOf={itemOf} empty={empty} />
    </Base.Root>
  )
}

/** A MultiCombobox once it has been focused. */
export function MultiComboboxPopup({
  items,
  placeholder,
  className,
  empty,
  value,
  'aria-label': label,
  start,
  ...props
}: MultiComboboxProps & { start: ComboboxStart }) {
  const { values, labelOf, itemOf } = useItems(items)
  const named = useFieldLabel(label)
  const input = useContinued(start)
  return (
    <Base.Root
      multiple
      items={values}
      itemToStringLabel={labelOf}
      value={[...value]}
      defaultOpen={start.open}
      {...props}
    >
      <Base.InputGroup className={cn(frameClass, 'px-1.5', className)}>
        <Base.Chips className={chipsClass}>
          <Base.Value>
            {(chosen: string[]) => (
              <>
                {chosen.map(chip => (
                  <Base.Chip key={chip} aria-label={labelOf(chip)} className={chipClass}>
                    {labelOf(chip)}
                    <Base.ChipRemove aria-label={`Remove ${labelOf(chip)}`} className={chipRemoveClass}>
                      <X className="size-3" />
                    </Base.ChipRemove>
                  </Base.Chip>
                ))}
                <Base.Input
                  ref={input}
                  aria-label={label}
                  {...named}
                  placeholder={chosen.length === 0 ? placeholder : undefined}
                  className={chipInputClass}
                />
              </>
            )}
          </Base.Value>
        </Base.Chips>
      </Base.InputGroup>
      <List itemOf={itemOf} empty={empty} />
    </Base.Root>
  )
}

function List({ itemOf, empty }: { itemOf: (value: string) => SelectItem | undefined; empty?: ReactNode }) {
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

/** Goes on where the control before was left: with its focus, and with what was typed meanwhile. */
function useContinued(start: ComboboxStart): RefObject<HTMLInputElement | null> {
  const ref = useRef<HTMLInputElement>(null)
  const first = useRef<ComboboxStart | undefined>(start)
  useEffect(() => {
    const input = ref.current
    const begun = first.current
    if (!input || !begun) return
    first.current = undefined
    const { focused, typed, selection } = begun
    if (focused) input.focus()
    if (typed === '') {
      if (focused && selection) input.setSelectionRange(...selection)
      return
    }
    // As typing does it: React hears of a value only when it was set past its own property.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, typed)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }, [])
  return ref
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
