import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'

export type Definition = { term: string; value: ReactNode }

/** Facts of a record, a line each: term at the left, value at the right; below each other when narrow. */
export function DefinitionList({ items, className }: { items: readonly Definition[]; className?: string }) {
  return (
    <dl className={cn('text-sm', className)}>
      {items.map(item => (
        <div
          key={item.term}
          className="grid gap-x-4 border-line border-b py-1.5 last:border-0 sm:grid-cols-[8.5rem_1fr]"
        >
          <dt className="text-muted">{item.term}</dt>
          <dd className="wrap-anywhere min-w-0">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
