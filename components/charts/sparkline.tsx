import { cn } from '#components/cn.ts'
import { sparklinePath } from './sparkline-path.ts'

/** The course of a number in the width of a cell. `label` says it in words: "24 h, rising from 389 to 441 ms". */
export function Sparkline({
  values,
  label,
  className,
}: {
  values: readonly (number | null)[]
  label: string
  className?: string
}) {
  return (
    <svg role="img" aria-label={label} viewBox="0 0 76 20" className={cn('h-5 w-19 text-muted', className)} fill="none">
      <path
        d={sparklinePath(values, 72, 14)}
        transform="translate(2 3)"
        stroke="currentColor"
        strokeWidth="1.25"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  )
}
