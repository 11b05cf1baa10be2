import Link from 'next/link'
import { formatPercent } from '#components/format.ts'
import { Callout } from '#components/ui/callout.tsx'
import type { BriefStep } from '#core/workloads/brief-steps.ts'
import type { BriefDetailDto } from '#lib/briefs/schema.ts'

/** What is worth knowing while one writes: what may be the same already, and what the catalog has against a model. */
export function BriefHints({ brief, step }: { brief: BriefDetailDto; step: BriefStep }) {
  const lacking = brief.problems.filter(one => one.step === step)
  return (
    <aside aria-label="Hints" className="flex min-w-0 flex-col gap-5 text-sm">
      {brief.findings.map(({ modelId, message, fix, blocking }) => (
        <Callout key={modelId} tone={blocking ? 'bad' : 'warn'} title={message}>
          {fix}
        </Callout>
      ))}
      {brief.alike.length > 0 ? (
        <section>
          <h3 className="font-medium">This may exist already</h3>
          <ul className="mt-1 flex flex-col gap-2">
            {brief.alike.map(({ kind, id, name, objective, likeness }) => (
              <li key={id}>
                <Link
                  href={kind === 'workload' ? `/workloads/${id}` : `/workloads/briefs/${id}`}
                  className="text-accent-text underline underline-offset-3"
                >
                  {name}
                </Link>
                <span className="block text-muted">
                  {kind === 'workload' ? 'Workload' : 'Brief'}, {formatPercent(likeness, 0)} alike
                  {objective ? `: ${objective.slice(0, 120)}` : ''}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {lacking.length > 0 ? (
        <section>
          <h3 className="font-medium">This step lacks</h3>
          <ul className="mt-1 list-disc pl-4 text-muted">
            {lacking.map(({ field, message }) => (
              <li key={field}>{message}</li>
            ))}
          </ul>
        </section>
      ) : (
        <p className="text-muted">This step is whole.</p>
      )}
    </aside>
  )
}
