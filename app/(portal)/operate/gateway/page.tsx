import { Server } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCompact, formatCount, formatDuration, formatNumber, unknownText } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { recentPublications } from '#lib/gateway-fleet/publications.ts'
import { listReplicas } from '#lib/gateway-fleet/queries.ts'
import type { FleetDto, ReplicaDto } from '#lib/gateway-fleet/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { Publications } from './_components/publications.tsx'
import { ReplicasTable } from './_components/replicas-table.tsx'

export const metadata: Metadata = { title: 'Gateway fleet' }

export default function GatewayPage() {
  return renderPage(async ({ ctx }) => {
    const [fleet, publications] = await Promise.all([listReplicas(ctx), recentPublications(ctx)])
    return (
      <Page>
        <LiveRefresh topics={['fleet', 'config']} />
        <PageHeader title={headline(fleet)} description={descriptionOf(fleet)} />
        {fleet.data.length === 0 ? (
          <NoGateway />
        ) : (
          <>
            <FleetStats replicas={fleet.data.filter(isRunning)} />
            <Section title="Replicas" description="As each says of itself, every few seconds">
              <ReplicasTable replicas={fleet.data} />
            </Section>
          </>
        )}
        <Section
          title="Recent publications"
          description="Each decision that changes what the gateways do gets the next version"
        >
          <Publications publications={publications} />
        </Section>
      </Page>
    )
  })
}

function isRunning({ state }: ReplicaDto): boolean {
  return state === 'ready' || state === 'degraded'
}

function headline({ data, publishedVersion }: FleetDto): string {
  const due = data.filter(replica => replica.state !== 'draining')
  if (due.length === 0) return 'No gateway is running'
  const current = due.filter(replica => isRunning(replica) && replica.documentsBehind === 0)
  const verb = current.length === 1 ? 'runs' : 'run'
  const newest = publishedVersion === null ? 'with nothing published yet' : `${verb} v${publishedVersion}`
  return `${current.length} of ${due.length} ${due.length === 1 ? 'gateway' : 'gateways'} ${newest}`
}

function descriptionOf({ data }: FleetDto): string {
  if (data.length === 0) return 'Calls are refused until one runs. Decisions made meanwhile count as soon as it starts.'
  const lost = data.filter(({ state }) => state === 'lost')
  const behind = data.filter(replica => isRunning(replica) && replica.documentsBehind > 0)
  const states = [
    ...(lost.length > 0
      ? [`${formatCount(lost.length, 'gateway')} lost: ${lost.map(({ name }) => name).join(', ')}`]
      : []),
    ...(behind.length > 0 ? [`${formatCount(behind.length, 'gateway')} behind the newest version`] : []),
  ]
  return states.length > 0 ? `${states.join('. ')}.` : 'Every gateway runs everything that was decided here.'
}

function FleetStats({ replicas }: { replicas: readonly ReplicaDto[] }) {
  const stats = replicas.flatMap(replica => replica.stats ?? [])
  const sum = (values: number[]) => (values.length === 0 ? null : values.reduce((total, value) => total + value, 0))
  const worst = stats.flatMap(each => each.overheadP99Ms ?? [])
  const calls = sum(stats.map(each => each.requestsPerSecond))
  return (
    <StatRow>
      <Stat
        value={calls === null ? unknownText : formatNumber(calls, 1)}
        label="calls a second, whole fleet"
        href="/operate/requests?range=1h"
      />
      <Stat value={formatNumber(sum(stats.map(each => each.inFlight)))} label="calls in flight" />
      <Stat value={formatDuration(worst.length > 0 ? Math.max(...worst) : null)} label="added, slowest replica's p99" />
      <Stat value={formatCompact(sum(stats.map(each => each.spoolEvents)))} label="events waiting to be shipped" />
    </StatRow>
  )
}

function NoGateway() {
  return (
    <EmptyState
      icon={<Server />}
      title="No gateway has been heard of within a day"
      description="On this machine npm start brings one up. On another machine, start it with the same database and secret key; it appears here within seconds."
      command={
        'DATABASE_URL=postgresql://… GATEHOUSE_SECRET_KEY=… GATEWAY_HOST=0.0.0.0 node --max-semi-space-size=16 gateway/main.ts'
      }
    />
  )
}
