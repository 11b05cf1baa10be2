import Link from 'next/link'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Section } from '#components/page/section.tsx'
import type { ModelDto } from '#lib/models/schema.ts'
import type { RequestDto } from '#lib/requests/schema.ts'
import { RequestsList } from '../../_components/requests-list.tsx'

/** The latest requests to a model within the viewer's reach. */
export function ModelEvidence({ model, requests }: { model: ModelDto; requests: readonly RequestDto[] }) {
  if (requests.length === 0)
    return (
      <EmptyState
        title="No request of yours in the last 30 days"
        description="Requests of others appear here when your roles reach them."
      />
    )
  return (
    <Section
      title="Latest requests"
      description="Within your reach, as the gateways recorded them, 30 days"
      actions={
        <Link
          href={`/operate/requests?model=${model.id}`}
          className="text-accent-text underline-offset-3 hover:underline"
        >
          All requests to this model
        </Link>
      }
    >
      <RequestsList requests={requests} label="Latest requests to this model" />
    </Section>
  )
}
