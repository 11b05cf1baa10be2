import { Gauge, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { scopeOf } from '#lib/platform/context.ts'
import { listRateLimits } from '#lib/rate-limits/queries.ts'
import { ListRateLimitsQuery, type RateLimitDto } from '#lib/rate-limits/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { RateLimitMeter } from './_components/rate-limit-meter.tsx'
import { headline, stateOf, usedRatio } from './_components/rate-limit-words.ts'

export const metadata: Metadata = { title: 'Rate limits' }

const MANY = 200

export default function RateLimitsPage() {
  return renderPage(async ({ ctx }) => {
    const { data, nextCursor } = await listRateLimits(ctx, ListRateLimitsQuery.parse({ limit: MANY }))
    const looks = data.filter(limit => stateOf(limit).needsLook).sort(byTrouble)
    const calm = data.filter(limit => !looks.includes(limit)).sort(byTrouble)
    const add =
      scopeOf(ctx.actor, 'rateLimits.manage') === null ? null : (
        <ButtonLink href="/operate/rate-limits/new" variant="primary">
          <Plus aria-hidden />
          New rate limit
        </ButtonLink>
      )
    return (
      <Page>
        <LiveRefresh topics={['events', 'config']} />
        <PageHeader
          title={headline(data)}
          description={`What is used at this moment, as the gateways say it. A call that a full limit covers is refused with 429.${nextCursor ? ` The first ${MANY} by name.` : ''}`}
          actions={add}
        />
        {data.length === 0 ? (
          <EmptyState
            icon={<Gauge />}
            title="No rate limit yet"
            description="A rate limit holds for a team, a person, a key, a model or everything: so many requests or tokens in a window, or so many answers in progress. Keys can have one of their own besides."
            action={add}
          />
        ) : null}
        <Meters title="Callers run into these" limits={looks} />
        <Meters title={`${formatCount(calm.length, 'rate limit')} with room`} limits={calm} />
      </Page>
    )
  })
}

function Meters({ title, limits }: { title: string; limits: readonly RateLimitDto[] }) {
  if (limits.length === 0) return null
  return (
    <Section title={title}>
      <ul className="grid gap-x-12 gap-y-6 md:grid-cols-2 xl:grid-cols-3">
        {limits.map(limit => (
          <li key={limit.id} className="border-line border-b pb-5">
            <RateLimitMeter limit={limit} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function byTrouble(a: RateLimitDto, b: RateLimitDto): number {
  return b.refused - a.refused || usedRatio(b) - usedRatio(a)
}
