'use client'

import { ChevronsUpDown } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { controlClass } from './control-class.ts'
import { useFieldControl } from './field-label.ts'
import { useLoaded } from './use-loaded.ts'

export type SelectItem<Value extends string = string> = {
  value: Value
  label: string
  /** A second line: what choosing it means. */
  hint?: ReactNode
  disabled?: boolean
}

export type SelectProps<Value extends string> = {
  items: readonly SelectItem<Value>[]
  value: Value | null
  onValueChange: (value: Value) => void
  placeholder?: string
  disabled?: boolean
  size?: 'sm' | 'md'
  className?: string
  /** The name for assistive technology where no <Field> gives one. */
  'aria-label'?: string
}

const load = () => import('./select-popup.tsx')
const OPENING_KEYS = new Set(['ArrowDown', 'ArrowUp', 'Home', 'End'])

/**
 * One of a short list. In a <Field> pass it `nativeLabel={false}`. Until it is first opened it is a button that shows
 * what is chosen: the list's code is large, and most pages are read without opening one.
 */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { items, value, placeholder = 'Choose', disabled, size = 'md', className, 'aria-label': ariaLabel } = props
  const control = useFieldControl(ariaLabel, disabled)
  const [module, show] = useLoaded(load)
  if (module) return <module.default {...props} />

  function openByKey(event: KeyboardEvent) {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (!OPENING_KEYS.has(event.key) && !(plain && /^[^\s]$/u.test(event.key))) return
    event.preventDefault()
    show()
  }
  const chosen = items.find(item => item.value === value)?.label
  return (
    <button
      type="button"
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      aria-label={ariaLabel}
      {...control}
      className={selectClass(size, className)}
      onPointerEnter={load}
      onFocus={load}
      onClick={show}
      onKeyDown={openByKey}
    >
      <span className={cn('truncate', chosen === undefined && 'text-faint')}>{chosen ?? placeholder}</span>
      <ChevronsUpDown className="size-3.5 shrink-0 text-muted" aria-hidden />
    </button>
  )
}

/** The closed control, before and after its list is loaded. */
export function selectClass(size: 'sm' | 'md', className: string | undefined): string {
  return cn(
    controlClass,
    'flex items-center justify-between gap-2 text-left',
    size === 'sm' ? 'h-7 rounded-md px-2.5' : 'h-8.5',
    className,
  )
}
