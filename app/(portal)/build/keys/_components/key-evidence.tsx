import Link from 'next/link'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Section } from '#components/page/section.tsx'
import type { KeyDto } from '#lib/keys/schema.ts'
import { gatewayUrl } from '#lib/platform/addresses.ts'
import type { RequestDto } from '#lib/requests/schema.ts'
import { RequestsList } from '../../_components/requests-list.tsx'

/** The latest requests made with a key. */
export function KeyEvidence({ record, requests }: { record: KeyDto; requests: readonly RequestDto[] }) {
  if (requests.length === 0)
    return (
      <EmptyState
        title="No request in the last 30 days"
        description="The first one appears here within two seconds of its answer."
        command={`curl ${gatewayUrl()}/v1/models -H "authorization: Bearer $GATEHOUSE_API_KEY"`}
      />
    )
  return (
    <Section
      title="Latest requests"
      description="As the gateways recorded them, 30 days"
      actions={
        <Link
          href={`/operate/requests?key=${record.id}`}
          className="text-accent-text underline-offset-3 hover:underline"
        >
          All requests with this key
        </Link>
      }
    >
      <RequestsList requests={requests} label="Latest requests with this key" />
    </Section>
  )
}
