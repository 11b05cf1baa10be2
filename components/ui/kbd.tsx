import type { ComponentProps } from 'react'
import { cn } from '#components/cn.ts'

/** A key of the keyboard. `inherit` takes the colour of the button it sits in. */
export function Kbd({ className, inherit, ...props }: ComponentProps<'kbd'> & { inherit?: boolean }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-[5px] border px-1 font-medium font-sans text-[0.6875rem] leading-none',
        inherit ? 'border-current/40' : 'border-line-strong bg-surface text-muted',
        className,
      )}
      {...props}
    />
  )
}
