import { cn } from '#components/cn.ts'

/** The mark: a gate. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 32 32"
      fill="none"
      aria-hidden="true"
      className={cn('size-6.5 shrink-0 rounded-[7px] bg-accent text-on-accent', className)}
    >
      <path
        d="M8 24V15a8 8 0 0 1 16 0v9M13 24v-9a3 3 0 0 1 6 0v9M8 19h16M6.5 24h19"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
