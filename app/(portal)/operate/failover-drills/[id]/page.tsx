import type { Metadata } from 'next'
import Link from 'next/link'
import { formatDateTime, formatDuration, formatNumber, unknownText } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { Timeline } from '#components/page/timeline.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import type { Evidence } from '#core/evidence/evidence.ts'
import { getDrill } from '#lib/failover-drills/queries.ts'
import { type DrillDto, DrillFindings } from '#lib/failover-drills/schema.ts'
import { enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { DrillProgress } from '../_components/drill-progress.tsx'
import { drillTitle, STATES } from '../_components/drill-words.ts'

export const metadata: Metadata = { title: 'Failover drill' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

export default function FailoverDrillPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const drill = await getDrill(ctx, id)
    const enforcement = await enforcementOf(ctx, 'model', drill.modelId)
    const findings = findingsOf(drill)
    const href = `/operate/failover-drills/${id}`
    const { label, tone } = STATES[drill.state]
    return (
      <>
        <LiveRefresh topics={['drills']} />
        <RecordPage
          title={drillTitle(drill)}
          crumb={`Drill of ${drill.model}`}
          status={
            <>
              <Badge tone={tone}>{label}</Badge>
              {drill.stale ? <Badge>Stale</Badge> : null}
            </>
          }
          facts={[
            formatDateTime(drill.createdAt),
            drill.occasion === 'schedule' ? 'started by the plan' : `started by ${drill.startedBy}`,
            `bound ${formatDuration(drill.boundMs)}`,
          ]}
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=evidence`, label: 'Evidence', count: drill.evidence ? 1 : 0 },
            { href: `${href}?tab=history`, label: 'History' },
          ]}
          currentTab={tab === 'evidence' || tab === 'history' ? `${href}?tab=${tab}` : href}
          enforcedBy={
            enforcement
              ? [
                  {
                    document: `model/${drill.modelId}`,
                    version: Number(enforcement.version),
                    effect: `Names who stands in for ${drill.model} in an outage`,
                  },
                ]
              : []
          }
          decidedBy={[
            {
              id: drill.id,
              title: drill.occasion === 'schedule' ? 'Came round by the plan' : `Asked for by ${drill.startedBy}`,
              detail: <RelativeTime time={drill.createdAt} />,
            },
          ]}
        >
          {tab === 'evidence' ? (
            <EvidenceTab drill={drill} />
          ) : tab === 'history' ? (
            <History drill={drill} />
          ) : (
            <Overview drill={drill} findings={findings} />
          )}
        </RecordPage>
      </>
    )
  })
}

function findingsOf({ evidence }: DrillDto): DrillFindings | null {
  if (!evidence) return null
  const { drillId: _, ...value } = evidence.value
  const parsed = DrillFindings.safeParse(value)
  return parsed.success ? parsed.data : null
}

function Overview({ drill, findings }: { drill: DrillDto; findings: DrillFindings | null }) {
  return (
    <>
      {drill.failure ? (
        <Callout tone="bad" title="Why it failed">
          {drill.failure}
        </Callout>
      ) : null}
      {findings ? (
        <StatRow>
          <Stat
            value={formatDuration(findings.recoveryMs)}
            label="until calls were answered again"
            note={`bound ${formatDuration(findings.boundMs)}`}
          />
          <Stat value={formatDuration(findings.restoredMs)} label="from the outage’s end until the model was back" />
          <Stat value={findings.answeredBy ?? unknownText} label="answered in its place" />
          <Stat value={formatNumber(findings.failedCalls)} label={`of ${findings.calls} calls failed meanwhile`} />
        </StatRow>
      ) : null}
      <Section title="What happens in a drill">
        <DrillProgress drill={drill} findings={findings} />
      </Section>
      {findings ? <Requests findings={findings} /> : null}
    </>
  )
}

function Requests({ findings: { recoveryRequestId, restoreRequestId } }: { findings: DrillFindings }) {
  const links = [
    { id: recoveryRequestId, text: 'The first call that another model answered' },
    { id: restoreRequestId, text: 'The first call that the model answered again' },
  ].filter(link => link.id !== null)
  if (links.length === 0) return null
  return (
    <Section title="Its calls, as the gateway recorded them">
      <ul className="text-sm">
        {links.map(({ id, text }) => (
          <li key={id}>
            <Link href={`/operate/requests/${id}`} className="inline-block py-1 underline-offset-3 hover:underline">
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function EvidenceTab({ drill: { evidence, evidenceHash, stale } }: { drill: DrillDto }) {
  if (!evidence || !evidenceHash) return <p className="text-muted text-sm">It becomes evidence when it has ended.</p>
  return (
    <>
      <Section title="What was collected">
        <DefinitionList
          items={[...factsOf(evidence, stale), { term: 'SHA-256', value: <Hash text={evidenceHash} /> }]}
        />
      </Section>
      <Section title="The value" description="The hash is over all of the evidence as canonical JSON (RFC 8785)">
        <CodeBlock code={JSON.stringify(evidence, null, 2)} label="Evidence" />
      </Section>
    </>
  )
}

function factsOf({ collector, period, effectiveAt, freshUntil }: Evidence, stale: boolean) {
  return [
    { term: 'Collector', value: collector },
    { term: 'Period', value: `${formatDateTime(period.from)} to ${formatDateTime(period.to)}` },
    { term: 'Effective', value: formatDateTime(effectiveAt) },
    { term: 'Freshness', value: `${stale ? 'stale since' : 'fresh until'} ${formatDateTime(freshUntil)}` },
  ]
}

function Hash({ text }: { text: string }) {
  return <span className="wrap-anywhere font-mono text-xs">{text}</span>
}

function History({ drill }: { drill: DrillDto }) {
  const entries = [
    {
      time: drill.endedAt,
      title: drill.state === 'passed' ? 'Passed' : `Failed${drill.failure ? `: ${drill.failure}` : ''}`,
    },
    { time: drill.startedAt, title: 'Taken up by the worker' },
    {
      time: drill.createdAt,
      title: drill.occasion === 'schedule' ? 'Came round by the plan' : `Asked for by ${drill.startedBy}`,
    },
  ]
  return (
    <Timeline
      label="History of this drill"
      entries={entries.flatMap(({ time, title }) => (time ? [{ id: title, time, title }] : []))}
    />
  )
}
