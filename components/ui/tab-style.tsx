export const tabListClass = 'flex gap-5 overflow-x-auto border-line border-b [scrollbar-width:none]'
export const tabClass =
  '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 text-muted text-sm transition-colors hover:text-ink focus-ring-inset'

/** How many rows a tab has. */
export function TabCount({ count }: { count?: number | string }) {
  return count === undefined ? null : <span className="text-muted tabular-nums">{count}</span>
}
