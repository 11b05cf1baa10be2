import { BarChart3 } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount, formatDateTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { gatewayUrl } from '#lib/platform/addresses.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { latencySeries } from '#lib/usage/latency.ts'
import { usageSeries, usageSummary } from '#lib/usage/queries.ts'
import type { UsageRow } from '#lib/usage/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { readUsageAddress, type UsageAddress, usageHref } from './_components/usage-address.ts'
import { UsageCharts } from './_components/usage-charts.tsx'
import { UsageControls } from './_components/usage-controls.tsx'
import { usageFigures, usageHeadline } from './_components/usage-headline.ts'
import { RANGES } from './_components/usage-range.ts'
import type { UsageScope } from './_components/usage-scope.ts'
import { UsageTable } from './_components/usage-table.tsx'

export const metadata: Metadata = { title: 'Usage' }

type Search = Record<string, string | string[] | undefined>

const SCOPE_LABELS: Record<UsageScope, string> = { mine: 'Mine', team: 'Team', organization: 'Organization' }

export default function UsagePage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx, viewer }) => {
    const params = await searchParams
    const address = readUsageAddress(params, requirePermission(ctx, 'usage.read'), viewer.person.id)
    const [data, teams] = await Promise.all([loadUsage(ctx, address), teamsOf(ctx, address)])
    const { scope, range } = address
    const { summary, before } = data
    const { totals } = summary
    const who = whose(address, viewer.organization.name, teams)
    return (
      <Page>
        <LiveRefresh topics={['events']} />
        <PageHeader
          title={usageHeadline(who, totals, before.totals, range.words)}
          description={`${usageFigures(totals)} As of ${formatDateTime(summary.asOf)}.`.trim()}
          actions={
            <UsageControls
              range={range.name}
              from={range.from.slice(0, 10)}
              to={new Date(Date.parse(range.to) - 1).toISOString().slice(0, 10)}
              teams={scope === 'team' ? teams : undefined}
              teamId={address.teamId}
            />
          }
        />
        {address.reachable.length > 1 ? (
          <TabLinks
            label="Whose usage"
            items={address.reachable.map(each => ({
              href: usageHref(params, { scope: each, team: null }),
              label: SCOPE_LABELS[each],
            }))}
            current={usageHref(params, { scope, team: null })}
          />
        ) : null}
        {totals.unpricedRequests > 0 ? <Unpriced count={totals.unpricedRequests} /> : null}
        {totals.requests === 0 ? (
          <NoUsage />
        ) : (
          <>
            <UsageCharts {...data} totals={totals} words={range.words} requestsHref={requestsHref(address)} />
            <UsageTable
              summary={summary}
              group={address.by}
              hrefOf={by => usageHref(params, { by })}
              rowsHref={row => rowHref(address, row)}
              csvHref={usageHref(params, { by: address.by }).replace('/build/usage', '/build/usage/csv')}
            />
          </>
        )}
      </Page>
    )
  })
}

async function loadUsage(ctx: Context, { range, filters, by, scope }: UsageAddress) {
  const period = { from: range.from, to: range.to, ...filters }
  const earlier = Date.parse(range.from) - (Date.parse(range.to) - Date.parse(range.from))
  const previous = { ...filters, from: new Date(earlier).toISOString(), to: range.from }
  const [summary, before, byModel, all, latency] = await Promise.all([
    usageSummary(ctx, { ...period, groupBy: by }),
    usageSummary(ctx, { ...previous, groupBy: 'provider' }),
    usageSeries(ctx, { ...period, interval: range.interval, splitBy: 'model' }),
    usageSeries(ctx, { ...period, interval: range.interval }),
    scope === 'mine'
      ? null
      : latencySeries(ctx, { from: range.from, to: range.to, teamId: filters.teamId, interval: range.interval }),
  ])
  return { summary, before, byModel, all, latency }
}

/** The teams that may be chosen: all at organization scope, else those the person is in. */
async function teamsOf(ctx: Context, { scope, reachable }: UsageAddress) {
  if (scope !== 'team') return []
  const { data } = await listTeams(ctx, ListTeamsQuery.parse({ limit: 200, state: 'all' }))
  const own = ctx.actor.kind === 'person' ? ctx.actor.teamIds : []
  return data.filter(team => reachable.includes('organization') || own.includes(team.id))
}

function whose(
  { scope, teamId, reachable }: UsageAddress,
  organization: string,
  teams: readonly { id: string; name: string }[],
) {
  if (scope === 'mine') return 'You'
  if (scope === 'organization') return organization
  const everyTeam = reachable.includes('organization') ? 'All teams' : 'Your teams'
  const [only] = teams.length === 1 ? teams : []
  return teams.find(team => team.id === teamId)?.name ?? only?.name ?? everyTeam
}

function requestsHref({ range, filters }: UsageAddress, more: Record<string, string> = {}): string {
  // The explorer knows whole lengths of time only; another period is found within its 90 days.
  const params = new URLSearchParams({
    range: RANGES.some(({ value }) => value === range.name) ? range.name : '90d',
    ...more,
  })
  if (filters.personId) params.set('person', filters.personId)
  if (filters.teamId) params.set('team', filters.teamId)
  return `/operate/requests?${params}`
}

function rowHref(address: UsageAddress, row: UsageRow): string | null {
  return row.key === null ? null : requestsHref(address, { [address.by]: row.key })
}

function Unpriced({ count }: { count: number }) {
  return (
    <Callout tone="warn" title={`${formatCount(count, 'request')} to models without a price`}>
      Their cost is not known and is missing from every amount here. Whoever manages models can add the price.
    </Callout>
  )
}

function NoUsage() {
  return (
    <EmptyState
      icon={<BarChart3 />}
      title="No request in this period"
      description="A call appears here within two seconds of its answer, with its tokens and cost."
      action={
        <>
          <ButtonLink href="/build/keys/new" variant="primary">
            Issue a key
          </ButtonLink>
          <ButtonLink href="/build/playground">Try in the playground</ButtonLink>
        </>
      }
      command={`curl ${gatewayUrl()}/v1/models -H "authorization: Bearer $GATEHOUSE_API_KEY"`}
    />
  )
}
