'use client'

import { Check, Minus } from 'lucide-react'

/** A checkbox of a table: the browser's own, in the look of the forms' one. The target is 24 px though the box is 16. */
export function RowCheckbox({
  label,
  checked,
  indeterminate = false,
  onCheckedChange,
}: {
  label: string
  checked: boolean
  indeterminate?: boolean
  onCheckedChange: (checked: boolean) => void
}) {
  const Mark = indeterminate ? Minus : Check
  return (
    <span className="relative grid size-4 place-items-center">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        ref={input => {
          if (input) input.indeterminate = indeterminate
        }}
        onChange={event => onCheckedChange(event.target.checked)}
        className="size-4 appearance-none rounded-[5px] border border-faint bg-surface outline-offset-2 transition-colors after:absolute after:-inset-1 checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent"
      />
      {checked || indeterminate ? (
        <Mark aria-hidden strokeWidth={3} className="pointer-events-none absolute size-3 text-on-accent" />
      ) : null}
    </span>
  )
}
