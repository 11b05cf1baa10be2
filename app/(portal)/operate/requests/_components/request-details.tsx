import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatDateTime, formatDuration, formatNumber, formatTokens } from '#components/format.ts'
import { type Definition, DefinitionList } from '#components/page/definition-list.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { getReplica } from '#lib/gateway-fleet/queries.ts'
import { getModel } from '#lib/models/queries.ts'
import type { Context } from '#lib/platform/context.ts'
import type { RequestDetailDto } from '#lib/requests/schema.ts'
import { RequestContent } from './request-content.tsx'
import { chargedText, RequestCost } from './request-cost.tsx'
import { RequestWaterfall } from './request-waterfall.tsx'
import { cacheText, modelText, OUTCOME_WORDS } from './request-words.ts'

/** All that is known of a request: refusal, figures, way through the gateway, cost, origin. */
export async function RequestDetails({ ctx, request }: { ctx: Context; request: RequestDetailDto }) {
  const [model, replica] = await Promise.all([
    request.modelId ? getModel(ctx, request.modelId).catch(() => null) : null,
    getReplica(ctx, request.replicaId).catch(() => null),
  ])
  const price = model?.prices.find(each => each.id === request.priceId) ?? null
  return (
    <div className="flex min-w-0 flex-col gap-7">
      {request.outcome === 'ok' ? null : <Ending request={request} />}
      <StatRow>
        <Stat value={formatDuration(request.latencyMs)} label="from asking to the last byte" />
        <Stat value={formatDuration(request.firstTokenMs)} label="to the first token" />
        <Stat value={formatDuration(request.overheadMs)} label="added by the gateway" />
        <Stat
          value={chargedText(request)}
          label="charged"
          note={`${formatTokens(request.inputTokens)} tokens in, ${formatTokens(request.outputTokens)} out`}
        />
      </StatRow>
      <Section title="Way through the gateway" description="Every stage in order, with what it decided and its time">
        <RequestWaterfall request={request} />
      </Section>
      <RequestCost request={request} price={price} />
      <RequestContent ctx={ctx} id={request.id} />
      <Section title="Who asked for what">
        <DefinitionList items={originOf(request)} />
      </Section>
      <Section title="How it was recorded">
        <DefinitionList items={recordOf(request, replica?.name ?? null)} />
      </Section>
    </div>
  )
}

function Ending({ request }: { request: RequestDetailDto }) {
  const { label, tone } = OUTCOME_WORDS[request.outcome]
  return (
    <Callout tone={tone === 'ok' ? 'neutral' : tone} title={`${label} with status ${request.status}`}>
      <p>{request.message ?? 'The gateway recorded no words for it.'}</p>
      {request.errorCode ? (
        <p className="mt-0.5 text-muted text-xs">
          Error code <Code className="text-ink">{request.errorCode}</Code>, as the client was told.
        </p>
      ) : null}
    </Callout>
  )
}

function originOf(request: RequestDetailDto): Definition[] {
  return [
    { term: 'Person', value: linked(request.personName, `/admin/people/${request.personId}`, 'A service, no person') },
    { term: 'Team', value: linked(request.teamName, `/admin/teams/${request.teamId}`, 'None') },
    { term: 'Key', value: linked(request.keyName, `/build/keys/${request.keyId}`, 'No known key') },
    { term: 'Asked for', value: <Code>{request.requestedModel ?? 'no model'}</Code> },
    { term: 'Answered by', value: linked(request.modelIdentifier, `/build/models/${request.modelId}`, 'No model') },
    ...routingOf(request),
    { term: 'Provider', value: linked(request.providerName, `/admin/providers/${request.providerId}`, 'None') },
    ...given('Environment', request.environment),
    ...given('Workload', request.workload),
    ...given('Use case', request.useCase),
    ...given('Data class', request.dataClass),
    ...given('End user', request.endUser),
    ...given('Session', request.session),
  ]
}

function recordOf(request: RequestDetailDto, replica: string | null): Definition[] {
  return [
    { term: 'At', value: formatDateTime(request.occurredAt) },
    { term: 'Request id', value: <Code>{request.id}</Code> },
    { term: 'Trace id', value: request.traceId ? <Code>{request.traceId}</Code> : 'Not traced' },
    {
      term: 'Configuration',
      value: (
        <Link href="/operate/gateway" className="underline-offset-3 hover:underline">
          v{request.configVersion}
        </Link>
      ),
    },
    { term: 'Gateway', value: replica ?? <Code>{request.replicaId}</Code> },
    {
      term: 'Wire',
      value: `${request.dialect}, ${request.path}, ${request.streaming ? 'streamed' : 'in one piece'}`,
    },
    {
      term: 'Size',
      value: `${formatNumber(request.requestBytes)} bytes in, ${formatNumber(request.responseBytes)} bytes out`,
    },
    ...given('Address', request.clientIp),
    ...given('Translated', request.translated),
    ...given('Response cache', cacheText(request.cache)),
    ...given('Client', request.userAgent),
  ]
}

/** Why another model may have answered than the one asked for. */
function routingOf({ route, drillId, exemptions }: RequestDetailDto): Definition[] {
  const chosen = route?.id
    ? [{ term: 'Chosen by', value: linked(route.name, `/operate/routes/${route.id}`, 'A route') }]
    : []
  const instead = route?.failedOverFromModel
    ? [{ term: 'In place of', value: `${route.failedOverFromModel}, which failed` }]
    : []
  const stood = route && (route.origin === 'outage' || route.origin === 'budget') ? [ORIGIN_WORDS[route.origin]] : []
  const drill = drillId
    ? [{ term: 'Drill', value: linked('A failover drill', `/operate/failover-drills/${drillId}`, '') }]
    : []
  const exempted = exemptions.map(({ id, title }) => ({
    term: 'Exempted by',
    value: linked(title, `/govern/exemptions/${id}`, 'An exemption that was removed'),
  }))
  return [...exempted, ...chosen, ...stood.map(value => ({ term: 'Stands in', value })), ...instead, ...drill]
}

const ORIGIN_WORDS = {
  outage: 'As the equivalent for an outage',
  budget: 'As the cheaper equivalent that a budget asked for',
}

function given(term: string, value: string | null): Definition[] {
  return value === null ? [] : [{ term, value }]
}

function linked(name: string | null, href: string, none: string): ReactNode {
  if (name === null) return <span className="text-muted">{none}</span>
  return (
    <Link href={href} className="underline-offset-3 hover:underline">
      {name}
    </Link>
  )
}

/** The request in a sentence. */
export function requestTitle(request: RequestDetailDto): string {
  const endings: Record<RequestDetailDto['outcome'], string> = {
    ok: `answered in ${formatDuration(request.latencyMs)}`,
    refused: `refused with ${request.status}`,
    upstream_error: `failed at the provider with ${request.status}`,
    client_aborted: 'left by its client before the end',
    incomplete: 'cut short',
    gateway_error: `failed at the gateway with ${request.status}`,
  }
  return `${modelText(request)}, ${endings[request.outcome]}`
}
