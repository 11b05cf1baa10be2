import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'

/** The person may not see this: which permission it takes and who can grant it. */
export function NoPermission({
  permission,
  grantors,
  action,
}: {
  permission: string
  /** Names or roles of those who can grant it. */
  grantors: readonly string[]
  action?: ReactNode
}) {
  return (
    <div className="flex flex-col items-start gap-3 py-8">
      <span className="grid size-9 place-items-center rounded-lg bg-hover text-muted">
        <Lock className="size-4.5" aria-hidden />
      </span>
      <div className="max-w-xl">
        <h2 className="font-medium text-base">Your roles do not include this page</h2>
        <p className="mt-0.5 text-muted text-sm">
          It takes the permission <span className="font-mono text-ink">{permission}</span>.{' '}
          {grantors.length > 0 ? <>{listed(grantors)} can grant it.</> : null}
        </p>
      </div>
      {action}
    </div>
  )
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names)
}
