import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { Timeline } from '#components/page/timeline.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { type Enforcement, enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { getRateLimit } from '#lib/rate-limits/queries.ts'
import { rateLimitHistory } from '#lib/rate-limits/rate-limit-history.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { ControlledRisks } from '../../../_components/controlled-risks.tsx'
import { fleetLine } from '../../../_components/fleet-line.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { versionDecision } from '../../../_components/version-decision.tsx'
import { ArchiveRateLimit, ChangeRateLimit } from '../_components/rate-limit-actions.tsx'
import { RateLimitOverview } from '../_components/rate-limit-overview.tsx'
import { coverText, limitText, stateOf } from '../_components/rate-limit-words.ts'

export const metadata: Metadata = { title: 'Rate limit' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

export default function RateLimitPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const limit = await getRateLimit(ctx, id)
    const [versions, enforcement] = await Promise.all([rateLimitHistory(ctx, id), enforcementOf(ctx, 'rate_limit', id)])
    const href = `/operate/rate-limits/${id}`
    const { tone, note } = stateOf(limit)
    const mayManage = scopeOf(ctx.actor, 'rateLimits.manage') !== null && limit.archivedAt === null
    return (
      <>
        <LiveRefresh topics={['events', 'config']} />
        <RecordPage
          title={`${limit.name}: ${note}`}
          crumb={limit.name}
          status={<Badge tone={tone}>{limit.archivedAt ? 'Archived' : 'In force'}</Badge>}
          facts={[limitText(limit), coverText(limit), `version ${limit.version}`]}
          actions={
            mayManage ? (
              <>
                <ChangeRateLimit id={id} name={limit.name} limit={limit.limit} unit={limitText(limit)} />
                <ArchiveRateLimit id={id} name={limit.name} />
              </>
            ) : null
          }
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=history`, label: 'History', count: versions.length },
          ]}
          currentTab={tab === 'history' ? `${href}?tab=history` : href}
          enforcedBy={enforcement ? [documentOf(id, enforcement)] : []}
          fleet={enforcement ? fleetLine(enforcement) : undefined}
          decidedBy={versions.slice(0, 2).map(one => versionDecision(one, 'Set'))}
          rail={<ControlledRisks ctx={ctx} kind="rate_limit" recordId={id} />}
        >
          {tab === 'history' ? <History versions={versions} /> : <RateLimitOverview limit={limit} />}
        </RecordPage>
      </>
    )
  })
}

function documentOf(id: string, { version }: Enforcement) {
  const effect =
    'Counted before a call is sent; a call that finds no room is refused with 429 and told when to try again'
  return { document: `rate_limit/${id}`, version: Number(version), effect }
}

function History({ versions }: { versions: readonly RecordVersionDto[] }) {
  return (
    <Timeline
      label="History of this rate limit"
      entries={versions.map(({ id, version, createdAt, authorName, reason, changes }) => {
        const texts = changes.map(
          ({ field, before, after }) => `${field}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`,
        )
        const detail = [reason, ...(version === 1 ? [] : texts)].filter(Boolean).join(' · ')
        const title = `${version === 1 ? 'Set' : 'Changed'} by ${authorName}`
        return { id, time: createdAt, title, detail: detail || null }
      })}
    />
  )
}
