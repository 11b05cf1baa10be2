'use client'

import { Search } from 'lucide-react'
import { useEarlyText } from '#components/ui/early-text.ts'

/** The search of a list: a plain field, since a list has no form around it to belong to. */
export function TableSearch({
  label,
  defaultValue,
  onSearch,
}: {
  label: string
  defaultValue: string
  onSearch: (text: string) => void
}) {
  const ref = useEarlyText<HTMLInputElement>()
  return (
    <div className="flex h-8 w-60 items-center gap-2 rounded-lg border border-line-strong bg-surface px-3 text-sm transition-colors focus-within:border-accent focus-within:outline-2 focus-within:outline-accent/35 hover:border-faint max-sm:w-full">
      <Search className="size-4 shrink-0 text-muted" aria-hidden />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        defaultValue={defaultValue}
        onChange={event => onSearch(event.target.value)}
        className="min-w-0 flex-1 bg-transparent text-ink outline-none [&::-webkit-search-cancel-button]:hidden"
      />
    </div>
  )
}
