import { cn } from '#components/cn.ts'

/** The grey shape of something on its way; hidden from assistive technology. Give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('h-4 animate-pulse rounded-md bg-hover', className)} />
}
