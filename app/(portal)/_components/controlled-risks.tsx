import Link from 'next/link'
import { Section } from '#components/page/section.tsx'
import type { Context } from '#lib/platform/context.ts'
import { risksOfControl } from '#lib/risks/risks-of-control.ts'
import type { ControlKind } from '#lib/risks/schema.ts'

/** The open risks that count on a record; nothing when none does, or the viewer may not see risks. */
export async function ControlledRisks({
  ctx,
  kind,
  recordId,
}: {
  ctx: Context
  kind: ControlKind
  /** Left out: of every record of the kind, each named. */
  recordId?: string
}) {
  const risks = await risksOfControl(ctx, kind, recordId)
  if (risks.length === 0) return null
  return (
    <Section title="Risks that count on this">
      <ul className="divide-y divide-line rounded-[10px] border border-line bg-raised px-3.5 text-sm">
        {risks.map(({ riskId, title, controlName, note }) => (
          <li key={`${riskId} ${controlName}`} className="py-3">
            <Link href={`/govern/risks/${riskId}`} className="font-medium underline-offset-3 hover:underline">
              {title}
            </Link>
            <p className="mt-0.5 text-muted">
              {[recordId ? '' : controlName, note || 'Makes it smaller'].filter(Boolean).join(': ')}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
