import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import type { HistoryEntry } from '#lib/audit-log/history-of.ts'
import { dataSourceChoices } from '#lib/data-sources/queries.ts'
import { type Enforcement, enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { keyHistory } from '#lib/keys/key-history.ts'
import { getKey } from '#lib/keys/queries.ts'
import type { KeyDto } from '#lib/keys/schema.ts'
import { listRequests } from '#lib/requests/queries.ts'
import { usageSeries } from '#lib/usage/queries.ts'
import { rolloutText } from '../../../_components/fleet-state.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { KeyActions } from '../_components/key-actions.tsx'
import { KeyEvidence } from '../_components/key-evidence.tsx'
import { KeyHistory, keyActionText } from '../_components/key-history.tsx'
import { KeyOverview } from '../_components/key-overview.tsx'
import { KeyState } from '../_components/key-state.tsx'
import { modelChoices } from '../_components/model-choices.ts'

export const metadata: Metadata = { title: 'API key' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

const DAYS_MS = 30 * 86_400_000
const LATEST = 20

export default function KeyPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const record = await getKey(ctx, id)
    const period = { from: new Date(Date.now() - DAYS_MS).toISOString(), to: new Date().toISOString() }
    const [models, sources, series, requests, history, enforcement] = await Promise.all([
      modelChoices(ctx),
      dataSourceChoices(ctx),
      usageSeries(ctx, { ...period, keyId: id }),
      listRequests(ctx, { ...period, keyId: id, limit: LATEST }),
      keyHistory(ctx, id),
      enforcementOf(ctx, 'key', id),
    ])
    const href = `/build/keys/${id}`
    return (
      <>
        <LiveRefresh topics={['keys', 'events', 'config']} />
        <RecordPage
          title={titleOf(record)}
          crumb={record.name}
          status={<KeyState state={record.state} />}
          facts={[record.hint, `${record.personName ?? 'Service token'}, ${record.teamName}`, endOf(record)]}
          actions={<KeyActions ctx={ctx} record={record} sources={sources} />}
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=evidence`, label: 'Evidence', count: requests.data.length },
            { href: `${href}?tab=history`, label: 'History', count: history.length },
          ]}
          currentTab={tab === 'evidence' || tab === 'history' ? `${href}?tab=${tab}` : href}
          enforcedBy={enforcement ? [documentOf(record, enforcement)] : []}
          fleet={enforcement ? fleetOf(enforcement) : undefined}
          decidedBy={decisionOf(record, history)}
        >
          {tab === 'evidence' ? (
            <KeyEvidence record={record} requests={requests.data} />
          ) : tab === 'history' ? (
            <KeyHistory entries={history} />
          ) : (
            <KeyOverview record={record} models={models} sources={sources} series={series} />
          )}
        </RecordPage>
      </>
    )
  })
}

function titleOf(record: KeyDto): string {
  if (record.state === 'revoked') return `${record.name} is revoked`
  if (record.state === 'expired') return `${record.name} has expired`
  if (record.lastUsedAt === null) return `${record.name} works and has not been used yet`
  return record.state === 'grace' ? `${record.name} works until its grace ends` : `${record.name} works`
}

function endOf(record: KeyDto) {
  if (record.revokedAt)
    return (
      <>
        revoked <RelativeTime time={record.revokedAt} />
      </>
    )
  return (
    <>
      {record.state === 'expired' ? 'expired' : 'expires'} <RelativeTime time={record.expiresAt} />
    </>
  )
}

function documentOf(record: KeyDto, { version }: Enforcement) {
  const works = record.state === 'active' || record.state === 'grace'
  return {
    document: `key/${record.id}`,
    version: Number(version),
    effect: works ? 'Calls with it are taken, within its limits' : 'Calls with it are refused with 401',
  }
}

function fleetOf({ rollout }: Enforcement) {
  return { text: rolloutText(rollout), settled: rollout.running > 0 && rollout.live === rollout.running }
}

function decisionOf(record: KeyDto, history: readonly HistoryEntry[]) {
  const last = history[0]
  const issued = {
    id: 'bounds',
    title: `The key bounds of ${record.teamName}`,
    detail: 'Issued at once, because it stays within what the team may give a key without asking.',
  }
  if (!last || last.action === 'key.issued') return [issued]
  const detail = (
    <>
      <RelativeTime time={last.occurredAt} />
      {last.reason ? `: ${last.reason}` : ''}
    </>
  )
  return [{ id: last.id, title: `${keyActionText(last.action)} by ${last.actorName}`, detail }, issued]
}
