import type { ReactNode } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'

/** A new key, the only time it can be read. */
export function KeyOnce({ value, state }: { value: string; state: ReactNode }) {
  return (
    <div className="rounded-[10px] border border-accent/60 bg-raised p-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2 text-sm">
        {state}
        <span className="text-muted">Shown once. It cannot be read again.</span>
      </div>
      <div className="flex items-center gap-2.5">
        <output
          aria-label="The new key"
          className="wrap-anywhere min-w-0 flex-1 rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-[0.8125rem]"
        >
          {value}
        </output>
        <CopyButton text={value} label="Copy" variant="primary" size="lg" />
      </div>
    </div>
  )
}
