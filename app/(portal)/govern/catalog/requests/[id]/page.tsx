import type { Metadata } from 'next'
import Link from 'next/link'
import { formatMoney, formatNumber, unknownText } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { parseUsd } from '#core/usd.ts'
import {
  getModelRequest,
  modelRequestHistory,
  type RequestChoices,
  requestChoices,
} from '#lib/model-requests/queries.ts'
import type { ModelRequestDetailDto } from '#lib/model-requests/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { RecordAnnotations } from '../../../../_components/annotations/record-annotations.tsx'
import { renderPage } from '../../../../_components/render-page.tsx'
import { LIFECYCLES, type Lifecycle } from '../../../../build/models/_components/lifecycle.tsx'
import { forWhom } from '../../_components/for-whom.ts'
import { REQUEST_STATES, RequestStateBadge } from '../_components/request-state.tsx'
import { ReviewRequest } from '../_components/review-request.tsx'
import { WithdrawRequest } from '../_components/withdraw-request.tsx'

export const metadata: Metadata = { title: 'Model request' }

const link = 'text-accent-text underline underline-offset-3'

export default function ModelRequestPage({ params }: { params: Promise<{ id: string }> }) {
  return renderPage(async ({ ctx }) => {
    const { id } = await params
    const [request, versions, choices] = await Promise.all([
      getModelRequest(ctx, id),
      modelRequestHistory(ctx, id),
      requestChoices(ctx),
    ])
    const teamNames = new Map(choices.teams.map(team => [team.id, team.name]))
    return (
      <Page wide={false}>
        <LiveRefresh topics={['approvals', 'config']} />
        <PageCrumb label={request.identifier} parents={[{ label: 'Requests', href: '/govern/catalog/requests' }]} />
        <PageHeader
          title={titleOf(request)}
          description={
            <>
              {request.requesterName} asked <RelativeTime time={request.createdAt} />
              {request.teamName ? `, for ${request.teamName}` : ''}. {REQUEST_STATES[request.state].means}
            </>
          }
          badges={<RequestStateBadge state={request.state} />}
          actions={<Actions ctx={ctx} request={request} choices={choices} />}
        />
        {request.outcome ? (
          <Callout tone={request.state === 'approved' ? 'ok' : 'neutral'} title="What came of it">
            {request.outcome}
          </Callout>
        ) : null}
        <Section title="What is asked for">
          <DefinitionList items={factsOf(request, forWhom(request.onlyFor, teamNames))} />
        </Section>
        <Section title="What it is for">
          <p className="whitespace-pre-wrap text-sm">{request.purpose}</p>
        </Section>
        <Section title="What was considered instead">
          <p className="whitespace-pre-wrap text-sm">{request.alternatives}</p>
        </Section>
        <Alike request={request} />
        {request.assessment ? (
          <Section title="Review" description={request.reviewerName ? `By ${request.reviewerName}` : undefined}>
            <p className="whitespace-pre-wrap text-sm">{request.assessment}</p>
          </Section>
        ) : null}
        <RecordAnnotations ctx={ctx} kind="model_request" id={id} />
        <Section title="History">
          <VersionHistory versions={versions} label="History of this request" made="Asked for" />
        </Section>
      </Page>
    )
  })
}

function Actions({ ctx, request, choices }: { ctx: Context; request: ModelRequestDetailDto; choices: RequestChoices }) {
  const open = request.state === 'in_review' || request.state === 'awaiting_decision'
  const manages = scopeOf(ctx.actor, 'models.manage') !== null
  const own = ctx.actor.id !== null && ctx.actor.id === request.requesterId
  return (
    <>
      {open && request.approvalId ? (
        <ButtonLink href={`/approvals/${request.approvalId}`}>See the decision</ButtonLink>
      ) : null}
      {request.modelId ? (
        <ButtonLink href={`/build/models/${request.modelId}`} variant="primary">
          Open the model
        </ButtonLink>
      ) : null}
      {open && manages ? <ReviewRequest request={request} choices={choices} /> : null}
      {open && own ? <WithdrawRequest id={request.id} name={request.identifier} /> : null}
    </>
  )
}

function titleOf({ identifier, state, requesterName }: ModelRequestDetailDto): string {
  if (state === 'approved') return `${identifier} is in the catalog`
  if (state === 'closed') return `${identifier} was asked for and is not in the catalog`
  if (state === 'in_review') return `${identifier} waits for a review`
  return `${requesterName} asks for ${identifier}`
}

function factsOf(request: ModelRequestDetailDto, whom: string) {
  const { requestsPerMonth, costUsdPerMonth } = request
  return [
    { term: 'Model', value: request.identifier },
    { term: 'Provider', value: request.providerId ? request.providerName : `${request.providerName}, not here yet` },
    { term: 'Upstream name', value: request.upstreamModel },
    { term: 'Wires', value: request.dialects.join(', ') },
    { term: 'Classes of data', value: request.tiers.join(', ') },
    { term: 'For', value: whom },
    { term: 'Calls a month', value: requestsPerMonth === null ? unknownText : formatNumber(requestsPerMonth) },
    { term: 'Cost a month', value: costUsdPerMonth === null ? unknownText : formatMoney(parseUsd(costUsdPerMonth)) },
  ]
}

function Alike({ request }: { request: ModelRequestDetailDto }) {
  if (request.similar.length + request.others.length === 0) return null
  return (
    <Section title="What there is of its like">
      <ul className="flex flex-col gap-1 text-sm">
        {request.similar.map(model => (
          <li key={model.id}>
            <Link className={link} href={`/govern/catalog/${model.id}`}>
              {model.identifier}
            </Link>
            : {LIFECYCLES[model.lifecycle as Lifecycle].label.toLowerCase()}
          </li>
        ))}
        {request.others.map(other => (
          <li key={other.id}>
            <Link className={link} href={`/govern/catalog/requests/${other.id}`}>
              {other.identifier}
            </Link>
            : asked for too
          </li>
        ))}
      </ul>
    </Section>
  )
}
