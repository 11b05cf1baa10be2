import { Activity } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount, formatNumber, formatPercent } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { gatewayUrl } from '#lib/platform/addresses.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { getRequest, listRequests } from '#lib/requests/queries.ts'
import type { RequestDetailDto, RequestDto } from '#lib/requests/schema.ts'
import { listSavedViews } from '#lib/saved-views/queries.ts'
import { type UsageSeriesDto, usageSeries } from '#lib/usage/queries.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { SavedViewsBar } from '../_components/saved-views-bar.tsx'
import { requestFilterChoices } from './_components/filter-choices.ts'
import { NewRequests } from './_components/new-requests.tsx'
import { RangeControl } from './_components/range-control.tsx'
import { RANGES, type RequestFilters, requestFiltersOf, requestsCsvHref } from './_components/request-filters.ts'
import { RequestSheet } from './_components/request-sheet.tsx'
import { RequestsChart } from './_components/requests-chart.tsx'
import { RequestsTable } from './_components/requests-table.tsx'

export const metadata: Metadata = { title: 'Requests' }

type Search = Record<string, string | string[] | undefined>

const HOURLY_UP_TO = 24

export default function RequestsPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const params = await searchParams
    const now = Date.now()
    const filters = requestFiltersOf(params, now)
    const [requests, choices, views, series, open] = await Promise.all([
      requestsOf(ctx, filters),
      requestFilterChoices(ctx),
      listSavedViews(ctx, 'requests'),
      usageSeries(ctx, chartQuery(ctx, filters)),
      openRequest(ctx, params.open),
    ])
    const { sort, cursor } = filters.list
    return (
      <Page>
        <PageHeader
          title={headline(series, filters)}
          description={descriptionOf(ctx, filters)}
          actions={<RangeControl range={filters.range} />}
        />
        <RequestsChart series={series} range={filters.range} />
        <div className="flex flex-col gap-3">
          <SavedViewsBar table="requests" views={views} />
          {sort || cursor ? null : <NewRequests query={filters.list} since={sinceOf(requests.data, now)} />}
          <RequestsTable
            requests={requests.data}
            nextCursor={requests.nextCursor}
            filters={choices}
            openId={open?.id}
            csvHref={requestsCsvHref(filters.list)}
            empty={<NoRequests />}
            note={`${formatCount(requests.data.length, 'request')}${requests.nextCursor ? ' on this page' : ''}, ${RANGES[filters.range].words}. The export holds at most 10,000.`}
          />
        </div>
        {open ? <RequestSheet ctx={ctx} request={open} search={params} /> : null}
      </Page>
    )
  })
}

/** A filter that the URL has wrong shows nothing rather than everything. */
async function requestsOf(ctx: Context, { list }: RequestFilters) {
  try {
    return await listRequests(ctx, list)
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'invalid_input') return { data: [], nextCursor: null }
    throw error
  }
}

async function openRequest(ctx: Context, id: string | string[] | undefined): Promise<RequestDetailDto | null> {
  return typeof id === 'string' ? getRequest(ctx, id).catch(() => null) : null
}

/** The figures are kept to what the list may show: with the scope "own", to the viewer's requests. */
function chartQuery({ actor }: Context, { chart, range }: RequestFilters) {
  const own = scopeOf(actor, 'requests.read') === 'own' && actor.kind === 'person' ? { personId: actor.id } : {}
  const interval = RANGES[range].hours <= HOURLY_UP_TO ? ('hour' as const) : ('day' as const)
  return { ...chart, ...own, interval }
}

function sinceOf([newest]: readonly RequestDto[], now: number): string {
  return new Date(newest ? Date.parse(newest.occurredAt) + 1 : now).toISOString()
}

function headline({ series }: UsageSeriesDto, { range }: RequestFilters): string {
  const values = (series[0]?.values ?? []).flatMap(value => value ?? [])
  const sum = (measure: (value: (typeof values)[number]) => number) =>
    values.reduce((total, value) => total + measure(value), 0)
  const requests = sum(value => value.requests)
  if (requests === 0) return `No request in ${RANGES[range].words}`
  const answered = requests - sum(value => value.errors + value.refused)
  return `${formatNumber(requests)} ${requests === 1 ? 'request' : 'requests'} in ${RANGES[range].words}, ${formatPercent(answered / requests)} answered`
}

const REACH = {
  own: 'Your own requests.',
  team: 'Your own requests and those of the teams you lead.',
  organization: 'Requests of the whole organization.',
}

function descriptionOf({ actor }: Context, { beyondChart }: RequestFilters): string {
  const reach = REACH[scopeOf(actor, 'requests.read') ?? 'own']
  if (!beyondChart) return `${reach} Newest first; each leads to its way through the gateway.`
  return `${reach} Heading and chart count every result, cost and time; the list below keeps to its filters.`
}

function NoRequests() {
  return (
    <EmptyState
      icon={<Activity />}
      title="No request in this period"
      description="Requests appear here within two seconds of their answer. Choose a longer period, or send the first:"
      action={<ButtonLink href="/build/keys/new">Issue a key</ButtonLink>}
      command={`curl ${gatewayUrl()}/v1/models -H "authorization: Bearer $GATEHOUSE_API_KEY"`}
    />
  )
}
