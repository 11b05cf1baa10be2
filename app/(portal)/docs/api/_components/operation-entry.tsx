import { CodeBlock } from '#components/ui/code-block.tsx'
import type { ReferenceOperation } from '#lib/api/reference.ts'
import { FieldTable } from './field-table.tsx'
import { MethodBadge } from './method-badge.tsx'

/** One operation: a line that opens to its fields, its answer and a curl line. Works without scripts. */
export function OperationEntry({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, description, status, fields, answer, curl } = operation
  return (
    <li id={id} className="scroll-mt-20 border-line border-b">
      <details>
        <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 py-2 hover:bg-hover">
          <MethodBadge method={method} />
          <span className="break-all font-mono text-sm">{path}</span>
          <span className="text-muted text-sm">{summary}</span>
        </summary>
        <div className="flex flex-col gap-4 pt-1 pb-5">
          {description ? <p className="text-muted text-sm">{withoutMarks(description)}</p> : null}
          <CodeBlock label={`${method} ${path} with curl`} code={curl} />
          {fields.length > 0 ? <FieldTable label={`What ${method} ${path} takes`} fields={fields} placed /> : null}
          {answer.length > 0 ? (
            <FieldTable label={`What ${method} ${path} answers with status ${status}`} fields={answer} />
          ) : (
            <p className="text-muted text-sm">Answers with status {status} and a file.</p>
          )}
        </div>
      </details>
    </li>
  )
}

function withoutMarks(markdown: string): string {
  return markdown.replaceAll('`', '')
}
