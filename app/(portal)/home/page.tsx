import { CircleCheck } from 'lucide-react'
import type { Metadata } from 'next'
import {
  formatCount,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
} from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { ROLES, type Role } from '#core/permissions.ts'
import { parseUsd } from '#core/usd.ts'
import { homeOverview } from '#lib/home/queries.ts'
import type { HomeFigures, HomeOverview, RoleFigure } from '#lib/home/schema.ts'
import { listKeys } from '#lib/keys/queries.ts'
import { ListKeysQuery } from '#lib/keys/schema.ts'
import { gatewayUrl } from '#lib/platform/addresses.ts'
import type { Viewer } from '#lib/platform/auth/viewer.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../_components/render-page.tsx'
import { modelsByWire } from '../build/keys/_components/key-facts.ts'
import { modelChoices } from '../build/keys/_components/model-choices.ts'
import { FirstSteps } from './_components/first-steps.tsx'
import { greeting, sinceText } from './_components/home-words.ts'
import { NeedsList } from './_components/needs-list.tsx'
import { WhatChanged } from './_components/what-changed.tsx'

export const metadata: Metadata = { title: 'Home' }

const MONTH = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' })

export default function HomePage() {
  return renderPage(async ({ ctx, viewer }) => {
    const [overview, steps] = await Promise.all([homeOverview(ctx), firstSteps(ctx, viewer)])
    const { needs, figures } = overview
    const now = new Date(overview.asOf)
    return (
      <Page>
        <LiveRefresh topics={['notices', 'keys']} />
        <div className="grid gap-x-13 gap-y-9 xl:grid-cols-[minmax(0,1fr)_20.5rem]">
          <div className="flex min-w-0 flex-col gap-8">
            <PageHeader
              title={greeting(viewer.person.name, needs.length, now, viewer.organization.timezone)}
              description={descriptionOf(viewer, overview, now)}
            />
            {overview.lead.length > 0 ? <Lead figures={overview.lead} asOf={overview.asOf} /> : null}
            {needs.length > 0 ? <NeedsList needs={needs} /> : steps ? null : <AllDone />}
            {steps ? <FirstSteps {...steps} /> : null}
            {figures.requests > 0 || !steps ? <Figures figures={figures} asOf={overview.asOf} ctx={ctx} /> : null}
          </div>
          <WhatChanged overview={overview} mayReadAudit={scopeOf(ctx.actor, 'audit.read') !== null} />
        </div>
      </Page>
    )
  })
}

/** The three steps, for somebody who may issue keys and has made no call yet. */
async function firstSteps(ctx: Context, viewer: Viewer) {
  const scope = scopeOf(ctx.actor, 'keys.issue')
  if (!scope) return null
  const { data } = await listKeys(ctx, ListKeysQuery.parse({ personId: viewer.person.id }))
  if (data.some(key => key.requests > 0)) return null
  const models = modelsByWire({ modelIds: [] }, await modelChoices(ctx))
  return {
    gatewayUrl: gatewayUrl(),
    model: models.chat ?? null,
    inTeam: scope === 'organization' || viewer.teams.some(team => !team.archived),
    hasKey: data.some(key => key.state === 'active' || key.state === 'grace'),
  }
}

function descriptionOf({ person, organization }: Viewer, { since, changedCount }: HomeOverview, now: Date): string {
  const who = person.title ?? person.roles.map(role => ROLES[role as Role] ?? role).join(', ')
  const changed = changedCount === 0 ? 'nothing changed' : formatCount(changedCount, 'change')
  return `${who ? `${who}. ` : ''}Since ${sinceText(since, now, organization.timezone)}: ${changed}.`
}

function AllDone() {
  return (
    <p className="flex items-center gap-2.5 border-line border-y py-4 text-muted text-sm">
      <CircleCheck className="size-4.5 text-ok-text" aria-hidden />
      Expiring keys, failing providers and models that end appear here when they concern you.
    </p>
  )
}

/** What leads for the viewer's roles; each figure opens its rows. */
function Lead({ figures, asOf }: { figures: readonly RoleFigure[]; asOf: string }) {
  return (
    <section aria-label="For your role">
      <StatRow>
        {figures.map(({ value, label, href, tone }) => (
          <Stat
            key={label}
            value={formatNumber(value)}
            label={label}
            href={href}
            note={tone === 'warning' ? 'worth a look' : undefined}
            noteTone="warn"
          />
        ))}
      </StatRow>
      <p className="mt-3 text-muted text-xs">From live records, as of {formatDateTime(asOf)}</p>
    </section>
  )
}

function Figures({ figures, asOf, ctx }: { figures: HomeFigures; asOf: string; ctx: Context }) {
  const scope = scopeOf(ctx.actor, 'usage.read')
  const tab = scope === 'organization' ? 'organization' : scope === 'team' ? 'team' : 'mine'
  const usage = (range: string) => `/build/usage?scope=${tab}&range=${range}`
  const { selfService } = figures
  return (
    <section aria-label="Headline figures">
      <StatRow>
        <Stat
          value={formatNumber(figures.requests)}
          label="calls, 7 days"
          note={figures.refusedShare === null ? undefined : `${formatPercent(figures.refusedShare)} refused`}
          href={usage('7d')}
        />
        <Stat
          value={formatMoney(parseUsd(figures.monthCostUsd), { digits: figuresDigits(figures.monthCostUsd) })}
          label={`${MONTH.format(new Date(asOf))} so far`}
          note={
            figures.monthUnpricedRequests > 0
              ? `and ${formatCount(figures.monthUnpricedRequests, 'call')} without a price`
              : undefined
          }
          noteTone="warn"
          href={usage('month')}
        />
        {figures.overheadP99Ms === null ? null : (
          <Stat
            value={formatDuration(figures.overheadP99Ms)}
            label="added by the gateway, p99"
            note="7 days"
            href={scopeOf(ctx.actor, 'gateway.read') ? '/operate/gateway' : undefined}
          />
        )}
        {selfService.asked === 0 ? null : (
          <Stat
            value={formatPercent(selfService.automatic / selfService.asked, 0)}
            label="of keys needed nobody's help"
            note={`${formatCount(selfService.asked, 'ask')} in 90 days`}
            href="/build/keys"
          />
        )}
      </StatRow>
      <p className="mt-4 text-muted text-xs">
        {scope === 'organization' ? 'The whole organization' : scope === 'team' ? 'Your teams' : 'Your own calls'}, from
        the gateways' records, as of {formatDateTime(asOf)}
      </p>
    </section>
  )
}

function figuresDigits(usd: string): number | undefined {
  return Number(usd) >= 1000 ? 0 : undefined
}
