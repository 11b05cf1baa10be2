import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { CodeBlock } from '#components/ui/code-block.tsx'

/** Nothing here yet: why, the next action, and for developers the exact command. */
export function EmptyState({
  icon,
  title,
  description,
  action,
  command,
  className,
}: {
  icon?: ReactNode
  title: ReactNode
  description?: ReactNode
  action?: ReactNode
  command?: string
  className?: string
}) {
  return (
    <div
      className={cn(
        'flex flex-col items-center gap-3 rounded-[10px] border border-line border-dashed px-6 py-10 text-center',
        className,
      )}
    >
      {icon ? (
        <span className="grid size-9 place-items-center rounded-lg bg-hover text-muted [&_svg]:size-4.5">{icon}</span>
      ) : null}
      <div className="max-w-md">
        <p className="font-medium">{title}</p>
        {description ? <p className="mt-0.5 text-muted text-sm">{description}</p> : null}
      </div>
      {action ? <div className="flex flex-wrap justify-center gap-2">{action}</div> : null}
      {command ? <CodeBlock code={command} label="Command" className="w-full max-w-xl text-left" /> : null}
    </div>
  )
}
