'use client'

import { Switch as Base } from '@base-ui/react/switch'
import { cn } from '#components/cn.ts'
import { useFieldLabel } from './field-label.ts'

/** On or off, in force at once; for what is saved with a form use Checkbox. */
export function Switch({ className, ...props }: Omit<Base.Root.Props, 'className'> & { className?: string }) {
  const named = useFieldLabel(props['aria-label'])
  return (
    <Base.Root
      className={cn(
        'relative inline-block h-4.5 w-8 shrink-0 rounded-full bg-faint p-0.5 align-middle transition-colors after:absolute after:-inset-1 data-checked:bg-accent data-disabled:opacity-50',
        className,
      )}
      {...named}
      {...props}
    >
      <Base.Thumb className="block size-3.5 rounded-full bg-surface transition-transform data-checked:translate-x-3.5" />
    </Base.Root>
  )
}
