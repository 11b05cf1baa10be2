import type { ReferenceOperation } from '#lib/api/reference.ts'
import { MethodBadge } from './method-badge.tsx'

/** One operation as a line that leads to what it takes and answers. */
export function OperationLine({ resource, operation }: { resource: string; operation: ReferenceOperation }) {
  return (
    <li className="border-line border-b">
      <a
        href={`/docs/api/${resource}#${operation.id}`}
        className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-2 hover:bg-hover"
      >
        <MethodBadge method={operation.method} />
        <span className="break-all font-mono text-sm">{operation.path}</span>
        <span className="text-muted text-sm">{operation.summary}</span>
      </a>
    </li>
  )
}
