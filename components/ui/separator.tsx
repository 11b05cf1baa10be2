import { cn } from '#components/cn.ts'

/** A hairline between groups. */
export function Separator({ vertical, className }: { vertical?: boolean; className?: string }) {
  return <hr aria-hidden className={cn('border-0 bg-line', vertical ? 'h-full w-px' : 'h-px w-full', className)} />
}
