import { formatDateTime } from '#components/format.ts'
import { RouteSheet } from '#components/page/route-sheet.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import type { Context } from '#lib/platform/context.ts'
import type { RequestDetailDto } from '#lib/requests/schema.ts'
import { RequestDetails, requestTitle } from './request-details.tsx'
import { askerText } from './request-words.ts'

/** A request beside the list it came from. */
export function RequestSheet({
  ctx,
  request,
  search,
}: {
  ctx: Context
  request: RequestDetailDto
  search: Record<string, string | string[] | undefined>
}) {
  const href = `/operate/requests/${request.id}`
  return (
    <RouteSheet
      title={requestTitle(request)}
      description={`${askerText(request)}, ${formatDateTime(request.occurredAt)}`}
      href={href}
      closeHref={listHref(search)}
      footer={<ButtonLink href={href}>Open the request's page</ButtonLink>}
    >
      <RequestDetails ctx={ctx} request={request} />
    </RouteSheet>
  )
}

function listHref(search: Record<string, string | string[] | undefined>): string {
  const kept = Object.entries(search).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'open',
  )
  return kept.length > 0 ? `/operate/requests?${new URLSearchParams(kept)}` : '/operate/requests'
}
