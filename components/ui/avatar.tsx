import { cn } from '#components/cn.ts'

/** Up to two initials of a name: "Amina Khalil" is AK. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = words[0]?.[0] ?? '?'
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toUpperCase()
}

/** A person or agent by initials. Decorative: the name stands beside it or in the control's label. */
export function Avatar({ name, size = 'md', className }: { name: string; size?: 'sm' | 'md'; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        'inline-grid shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent-text',
        size === 'sm' ? 'size-5 text-[0.5625rem]' : 'size-7 text-[0.6875rem]',
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  )
}
