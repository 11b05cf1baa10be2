'use client'

import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import { cn } from '#components/cn.ts'
import { useFieldLabel } from './field-label.ts'

/** A checkbox; its label comes from <FieldRow> or `aria-label`. The target is 24 px though the box is 16. */
export function Checkbox({ className, ...props }: Omit<Base.Root.Props, 'className'> & { className?: string }) {
  const named = useFieldLabel(props['aria-label'])
  return (
    <Base.Root
      className={cn(
        'relative grid size-4 shrink-0 place-items-center rounded-[5px] border border-faint bg-surface text-on-accent outline-offset-2 transition-colors after:absolute after:-inset-1 data-checked:border-accent data-indeterminate:border-accent data-checked:bg-accent data-indeterminate:bg-accent data-disabled:opacity-50',
        className,
      )}
      {...named}
      {...props}
    >
      <Base.Indicator
        className="grid place-items-center data-unchecked:hidden"
        render={(indicatorProps, state) => (
          <span {...indicatorProps}>
            {state.indeterminate ? (
              <Minus className="size-3" strokeWidth={3} />
            ) : (
              <Check className="size-3" strokeWidth={3} />
            )}
          </span>
        )}
      />
    </Base.Root>
  )
}
