import 'server-only'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { previewApproval } from '#lib/consistency/preview-approval.ts'
import type { PreviewDto } from '#lib/consistency/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { log } from '#lib/platform/log.ts'

/** What a request that waits would break or mend, tried and undone. */
export async function ConsistencyAfter({ ctx, id }: { ctx: Context; id: string }) {
  const preview = await tried(ctx, id)
  if (!preview) return <p className="text-muted text-sm">It could not be tried just now.</p>
  const { refused, appears, disappears } = preview
  return (
    <Section title="If it is approved" description="Tried against every consistency check, and undone">
      {refused ? <p className="text-sm">It could not be carried out as things are: {refused}</p> : null}
      {refused === null && appears.length + disappears.length === 0 ? (
        <p className="flex items-center gap-2 text-sm">
          <Badge tone="ok">Consistent</Badge> Nothing falls apart.
        </p>
      ) : null}
      <ul className="flex flex-col gap-1.5 text-sm">
        {appears.map(finding => (
          <li key={finding.message} className="flex items-center gap-2">
            <Badge tone="bad">Breaks</Badge> {finding.message}
          </li>
        ))}
        {disappears.map(finding => (
          <li key={finding.message} className="flex items-center gap-2">
            <Badge tone="ok">Mends</Badge> {finding.message}
          </li>
        ))}
      </ul>
    </Section>
  )
}

async function tried(ctx: Context, id: string): Promise<PreviewDto | null> {
  try {
    return await previewApproval(ctx, id)
  } catch (error) {
    // A trial that fails must not take the page of the decision with it.
    if (!(error instanceof DomainError)) log.error({ error: String(error) }, 'a request could not be tried')
    return null
  }
}
