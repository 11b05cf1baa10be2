'use client'

import { Field } from '@base-ui/react/field'
import { ChevronsUpDown, X } from 'lucide-react'
import { type PointerEvent, type ReactNode, type RefCallback, useRef, useState } from 'react'
import { cn } from '#components/cn.ts'
import type { ComboboxStart } from './combobox-popup.tsx'
import { useEarlyText } from './early-text.ts'
import { useFieldLabel } from './field-label.ts'
import type { SelectItem } from './select.tsx'

type SharedProps = {
  items: readonly SelectItem[]
  placeholder?: string
  disabled?: boolean
  className?: string
  /** Said when no item matches what was typed. */
  empty?: ReactNode
  'aria-label'?: string
}

export type ComboboxProps = SharedProps & {
  value: string | null
  onValueChange: (value: string | null) => void
  /** Hears what is typed, for items that are looked up. */
  onInputValueChange?: (text: string) => void
}

export type MultiComboboxProps = SharedProps & {
  value: readonly string[]
  onValueChange: (value: string[]) => void
}

export const frameClass =
  'flex min-h-8.5 w-full items-center gap-1.5 rounded-lg border border-line-strong bg-surface px-3 text-sm transition-colors focus-within:border-accent focus-within:outline-2 focus-within:outline-accent/35 hover:border-faint data-invalid:border-bad has-data-invalid:border-bad'
export const inputClass = 'h-8 min-w-0 flex-1 bg-transparent outline-none'
export const triggerClass = '-mr-1 grid size-6 shrink-0 place-items-center rounded-md text-muted'
export const chipsClass = 'flex min-w-0 flex-1 flex-wrap items-center gap-1 py-1'
export const chipClass =
  'flex h-6 items-center gap-0.5 rounded-md bg-hover pl-2 text-sm outline-none data-highlighted:bg-selected focus-visible:outline-2 focus-visible:outline-focus'
export const chipRemoveClass = 'grid size-6 place-items-center rounded-md text-muted hover:text-ink'
export const chipInputClass = 'h-6 min-w-16 flex-1 bg-transparent px-1.5 outline-none'

const load = () => import('./combobox-popup.tsx')

/** One of a long list, found by typing. The list's code is loaded when the control is first focused. */
export function Combobox(props: ComboboxProps) {
  const { items, value, placeholder, disabled, className, 'aria-label': label } = props
  const { loaded, typed, input, begin, pressed } = useBegun()
  const named = useFieldLabel(label)
  if (loaded) return <loaded.module.ComboboxPopup {...props} start={loaded.start} />
  return (
    <div className={cn(frameClass, className)}>
      <Field.Control
        ref={input}
        {...closedProps}
        disabled={disabled}
        aria-label={label}
        {...named}
        placeholder={placeholder}
        value={typed ?? items.find(item => item.value === value)?.label ?? value ?? ''}
        onValueChange={text => begin({ open: true, typed: text })}
        onPointerEnter={load}
        onFocus={() => begin({})}
        {...pressed}
        className={inputClass}
      />
      <button
        type="button"
        tabIndex={-1}
        disabled={disabled}
        aria-label="Show the list"
        className={triggerClass}
        onClick={() => begin({ open: true, focused: true })}
      >
        <ChevronsUpDown className="size-3.5" aria-hidden />
      </button>
    </div>
  )
}

/** Several of a long list, each shown as a chip: models of a key, tools of an agent. */
export function MultiCombobox(props: MultiComboboxProps) {
  const { items, value, onValueChange, placeholder, disabled, className, 'aria-label': label } = props
  const { loaded, typed, input, begin, pressed } = useBegun()
  const named = useFieldLabel(label)
  if (loaded) return <loaded.module.MultiComboboxPopup {...props} start={loaded.start} />
  const labelOf = (chip: string) => items.find(item => item.value === chip)?.label ?? chip
  return (
    <div className={cn(frameClass, 'px-1.5', className)}>
      <div className={chipsClass}>
        {value.map(chip => (
          <div key={chip} className={chipClass}>
            {labelOf(chip)}
            <button
              type="button"
              tabIndex={-1}
              disabled={disabled}
              aria-label={`Remove ${labelOf(chip)}`}
              className={chipRemoveClass}
              onClick={() => {
                onValueChange(value.filter(other => other !== chip))
                begin({ focused: true })
              }}
            >
              <X className="size-3" aria-hidden />
            </button>
          </div>
        ))}
        <Field.Control
          ref={input}
          {...closedProps}
          disabled={disabled}
          aria-label={label}
          {...named}
          placeholder={value.length === 0 ? placeholder : undefined}
          value={typed ?? ''}
          onValueChange={text => begin({ open: true, typed: text })}
          onPointerEnter={load}
          onFocus={() => begin({})}
          {...pressed}
          className={chipInputClass}
        />
      </div>
    </div>
  )
}

const closedProps = {
  role: 'combobox',
  'aria-haspopup': 'listbox',
  'aria-expanded': false,
  'aria-autocomplete': 'list',
  autoComplete: 'off',
  spellCheck: false,
} as const

type Loaded = { module: Awaited<ReturnType<typeof load>>; start: ComboboxStart }

/** Loads the list, and keeps what is done to the control until it is there. */
function useBegun(): {
  loaded: Loaded | undefined
  typed: string | undefined
  input: RefCallback<HTMLInputElement>
  begin: (change: Partial<ComboboxStart>) => Promise<void>
  pressed: { onPointerDown: (event: PointerEvent) => void; onClick: () => void }
} {
  const [loaded, setLoaded] = useState<Loaded>()
  const [typed, setTyped] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const start = useRef<ComboboxStart>({ open: false, focused: false, typed: '' })

  async function begin(change: Partial<ComboboxStart>) {
    // Changed in place: what is typed until the list is drawn is in it then.
    Object.assign(start.current, change)
    if (change.typed !== undefined) setTyped(change.typed)
    const module = await load()
    const field = input.current
    start.current.focused ||= field !== null && document.activeElement === field
    start.current.selection = [field?.selectionStart ?? 0, field?.selectionEnd ?? 0]
    setLoaded(before => before ?? { module, start: start.current })
  }
  // A mouse that goes down gives the focus: the control may be another one before it goes up, and no click follows.
  const pressed = {
    onPointerDown: ({ pointerType }: PointerEvent) => void (pointerType === 'mouse' && begin({ open: true })),
    onClick: () => void begin({ open: true }),
  }
  return { loaded, typed, input: useEarlyText(input), begin, pressed }
}
