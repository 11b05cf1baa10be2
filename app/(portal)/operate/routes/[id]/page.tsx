import { Pencil } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { type Enforcement, enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { listRequests } from '#lib/requests/queries.ts'
import type { RequestDto } from '#lib/requests/schema.ts'
import { getRoute } from '#lib/routes/queries.ts'
import { routeHistory } from '#lib/routes/route-history.ts'
import type { RouteDto } from '#lib/routes/schema.ts'
import { ControlledRisks } from '../../../_components/controlled-risks.tsx'
import { fleetLine } from '../../../_components/fleet-line.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { versionDecision } from '../../../_components/version-decision.tsx'
import { RequestsList } from '../../../build/_components/requests-list.tsx'
import { ArchiveRoute, RestoreRoute, ToggleRoute } from '../_components/route-actions.tsx'
import { RouteHistory } from '../_components/route-history.tsx'
import { RouteOverview } from '../_components/route-overview.tsx'
import { callsText, coversText, OBJECTIVES, routeTitle } from '../_components/route-words.ts'
import { typicalExplanation } from '../_components/typical-explanation.ts'

export const metadata: Metadata = { title: 'Route' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

const LATEST = 20

export default function RoutePage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const route = await getRoute(ctx, id)
    const [versions, enforcement, requests] = await Promise.all([
      routeHistory(ctx, id),
      enforcementOf(ctx, 'route', id),
      listRequests(ctx, { routeId: id, limit: LATEST }),
    ])
    const href = `/operate/routes/${id}`
    return (
      <>
        <LiveRefresh topics={tab === 'evidence' ? ['config', 'fleet', 'events'] : ['config', 'fleet']} />
        <RecordPage
          title={routeTitle(route)}
          crumb={route.name}
          status={<RouteState route={route} />}
          facts={[coversText(route), callsText(route), `version ${route.version}`]}
          actions={scopeOf(ctx.actor, 'routes.manage') ? <Actions route={route} /> : null}
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=evidence`, label: 'Evidence', count: requests.data.length },
            { href: `${href}?tab=history`, label: 'History', count: versions.length },
          ]}
          currentTab={tab === 'evidence' || tab === 'history' ? `${href}?tab=${tab}` : href}
          enforcedBy={enforcement ? [documentOf(route, enforcement)] : []}
          fleet={enforcement ? fleetLine(enforcement) : undefined}
          decidedBy={versions.slice(0, 2).map(one => versionDecision(one, 'Added'))}
          rail={<ControlledRisks ctx={ctx} kind="route" recordId={id} />}
        >
          {tab === 'evidence' ? (
            <Evidence ctx={ctx} id={id} requests={requests.data} />
          ) : tab === 'history' ? (
            <RouteHistory versions={versions} />
          ) : (
            <RouteOverview route={route} explained={typicalExplanation(ctx, route)} />
          )}
        </RecordPage>
      </>
    )
  })
}

function RouteState({ route: { archivedAt, enabled } }: { route: RouteDto }) {
  if (archivedAt) return <Badge>Archived</Badge>
  return <Badge tone={enabled ? 'ok' : 'neutral'}>{enabled ? 'In force' : 'Off'}</Badge>
}

function Actions({ route: { id, name, enabled, archivedAt } }: { route: RouteDto }) {
  if (archivedAt) return <RestoreRoute id={id} name={name} />
  return (
    <>
      <ButtonLink href={`/operate/routes/${id}/edit`} variant="primary">
        <Pencil aria-hidden />
        Edit
      </ButtonLink>
      <ToggleRoute id={id} name={name} enabled={enabled} />
      <ArchiveRoute id={id} name={name} />
    </>
  )
}

function Evidence({ ctx, id, requests }: { ctx: Context; id: string; requests: readonly RequestDto[] }) {
  const reach = scopeOf(ctx.actor, 'requests.read') === 'organization' ? '' : ' that you may see'
  if (requests.length === 0)
    return <p className="text-muted text-sm">It decided no request{reach} in the last 24 hours.</p>
  return (
    <Section
      title="Latest requests it decided"
      description="As the gateways recorded them, 24 hours"
      actions={
        <Link
          href={`/operate/requests?route=${id}`}
          className="py-1 text-accent-text underline-offset-3 hover:underline"
        >
          All of them
        </Link>
      }
    >
      <RequestsList requests={requests} label="Latest requests that this route decided" />
    </Section>
  )
}

function documentOf(route: RouteDto, { version }: Enforcement) {
  const effect = route.enabled
    ? `Gateways call ${OBJECTIVES[route.objective].verb} of its candidates first${route.failover ? ' and the next one when it fails' : ''}`
    : 'Gateways have it, switched off'
  return { document: `route/${route.id}`, version: Number(version), effect }
}
