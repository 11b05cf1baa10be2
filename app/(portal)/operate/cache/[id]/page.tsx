import type { Metadata } from 'next'
import { formatPercent } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Timeline } from '#components/page/timeline.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { cachePolicyHistory, getCachePolicy } from '#lib/cache/queries.ts'
import type { CachePolicyDto } from '#lib/cache/schema.ts'
import { cacheStatistics } from '#lib/cache/statistics.ts'
import { type Enforcement, enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { scopeOf } from '#lib/platform/context.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { fleetLine } from '../../../_components/fleet-line.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { versionDecision } from '../../../_components/version-decision.tsx'
import { CacheFigures } from '../_components/cache-figures.tsx'
import { bytesText, coversText, moneyText, SHARING_LABELS, ttlText } from '../_components/cache-words.ts'
import { ChangePolicy } from '../_components/change-policy.tsx'
import { ModelsTable } from '../_components/models-table.tsx'
import { ArchivePolicy, PurgeCache } from '../_components/policy-actions.tsx'

export const metadata: Metadata = { title: 'Cache policy' }

const DAYS = 30

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

export default function CachePolicyPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const policy = await getCachePolicy(ctx, id)
    const [versions, statistics, enforcement] = await Promise.all([
      cachePolicyHistory(ctx, id),
      cacheStatistics(ctx, { days: DAYS, policyId: id }),
      enforcementOf(ctx, 'cache_policy', id),
    ])
    const href = `/operate/cache/${id}`
    const manages = scopeOf(ctx.actor, 'cache.manage') !== null && !policy.archivedAt
    return (
      <>
        <LiveRefresh topics={['events', 'config']} />
        <RecordPage
          title={titleOf(policy)}
          crumb={policy.name}
          status={<Badge tone={policy.archivedAt || !policy.enabled ? 'neutral' : 'ok'}>{stateOf(policy)}</Badge>}
          facts={[coversText(policy), `kept for ${ttlText(policy.ttlSeconds)}`, `version ${policy.version}`]}
          actions={
            manages ? (
              <>
                <ChangePolicy key={policy.version} policy={policy} />
                <PurgeCache policy={policy} />
                <ArchivePolicy id={id} name={policy.name} />
              </>
            ) : null
          }
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=history`, label: 'History', count: versions.length },
          ]}
          currentTab={tab === 'history' ? `${href}?tab=history` : href}
          enforcedBy={enforcement ? [documentOf(policy, enforcement)] : []}
          fleet={enforcement ? fleetLine(enforcement) : undefined}
          decidedBy={versions.slice(0, 2).map(one => versionDecision(one, 'Made'))}
        >
          {tab === 'history' ? (
            <Timeline label="History of this policy" entries={versions.map(entryOf)} />
          ) : (
            <div className="flex min-w-0 flex-col gap-7">
              <CacheFigures statistics={statistics} days={DAYS} />
              <Rules policy={policy} />
              <ModelsTable models={statistics.models} days={DAYS} />
            </div>
          )}
        </RecordPage>
      </>
    )
  })
}

function Rules({ policy }: { policy: CachePolicyDto }) {
  return (
    <Section title="What it keeps">
      <DefinitionList
        items={[
          { term: 'Covers', value: coversText(policy) },
          { term: 'Kept for', value: ttlText(policy.ttlSeconds) },
          { term: 'Shared among', value: SHARING_LABELS[policy.sharing] },
          { term: 'Shared by replicas', value: policy.shared ? 'Through Redis, where there is one' : 'No' },
          { term: 'Temperature', value: policy.deterministicOnly ? 'Only 0' : 'Any' },
          { term: 'Requests with tools', value: policy.includeTools ? 'Kept' : 'Not kept' },
          { term: 'Largest answer', value: bytesText(policy.maxAnswerBytes) },
          { term: 'Memory on each replica', value: bytesText(policy.maxBytes) },
          { term: 'Last purged', value: policy.purgedAt ? <RelativeTime time={policy.purgedAt} /> : 'Never' },
        ]}
      />
    </Section>
  )
}

function titleOf({ name, figures: { hitRate, savedUsd, hits } }: CachePolicyDto): string {
  if (hitRate === null) return `${name}: not asked in ${DAYS} days`
  if (hits === 0) return `${name}: no answer served again yet`
  return `${name}: ${formatPercent(hitRate, 0)} answered from the cache, ${moneyText(savedUsd)} saved`
}

function stateOf({ archivedAt, enabled }: CachePolicyDto): string {
  return archivedAt ? 'Archived' : enabled ? 'On' : 'Off'
}

function documentOf({ id, enabled }: CachePolicyDto, { version }: Enforcement) {
  const effect = enabled
    ? 'Repeated requests it covers are answered from the cache; its version is part of where answers are kept'
    : 'Requests it covers always go to the provider, whatever a wider policy says'
  return { document: `cache_policy/${id}`, version: Number(version), effect }
}

function entryOf({ id, version, createdAt, authorName, reason, changes }: RecordVersionDto) {
  const differences = changes.map(
    ({ field, before, after }) => `${field}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`,
  )
  return {
    id,
    time: createdAt,
    title: `${version === 1 ? 'Made' : 'Changed'} by ${authorName}`,
    detail: [reason, ...(version === 1 ? [] : differences)].filter(Boolean).join(' · ') || null,
  }
}
