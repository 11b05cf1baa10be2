import type { ComponentProps, ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { ScrollRegion } from './scroll-region.tsx'

/** A plain table that scrolls sideways when narrow, and down under a height given by `regionClassName`. `label` names it for assistive technology. */
export function Table({
  className,
  label,
  regionClassName,
  children,
  ...props
}: ComponentProps<'table'> & { label: string; regionClassName?: string; children: ReactNode }) {
  return (
    <ScrollRegion label={label} className={regionClassName}>
      <table aria-label={label} className={cn('w-full border-collapse text-sm tabular-nums', className)} {...props}>
        {children}
      </table>
    </ScrollRegion>
  )
}

export function TableHead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead className={cn('[&_tr]:border-line [&_tr]:border-b', className)} {...props} />
}

export function TableBody(props: ComponentProps<'tbody'>) {
  return <tbody {...props} />
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('h-9.5 border-line border-b', className)} {...props} />
}

/** A column head; `numeric` aligns it right like its cells. */
export function TableHeader({ className, numeric, ...props }: ComponentProps<'th'> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cn(
        'h-8.5 whitespace-nowrap px-3 text-left font-normal text-muted text-sm first:pl-0 last:pr-0',
        numeric && 'text-right',
        className,
      )}
      {...props}
    />
  )
}

export function TableCell({ className, numeric, ...props }: ComponentProps<'td'> & { numeric?: boolean }) {
  return (
    <td
      className={cn('px-3 py-1.5 first:pl-0 last:pr-0', numeric && 'whitespace-nowrap text-right', className)}
      {...props}
    />
  )
}
