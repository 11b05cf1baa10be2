import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { type Enforcement, enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { modelHistory } from '#lib/models/model-history.ts'
import { getModel } from '#lib/models/queries.ts'
import type { ModelDetailDto } from '#lib/models/schema.ts'
import { listRequests } from '#lib/requests/queries.ts'
import { usageSeries } from '#lib/usage/queries.ts'
import { rolloutText } from '../../../_components/fleet-state.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { equivalentChoices } from '../_components/equivalent-choices.ts'
import { LIFECYCLES, LifecycleBadge } from '../_components/lifecycle.tsx'
import { ModelActions } from '../_components/model-actions.tsx'
import { ModelEvidence } from '../_components/model-evidence.tsx'
import { ModelHistory, modelActionText } from '../_components/model-history.tsx'
import { ModelOverview } from '../_components/model-overview.tsx'

export const metadata: Metadata = { title: 'Model' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

const PERIOD_MS = 30 * 86_400_000
const LATEST = 20

export default function ModelPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const model = await getModel(ctx, id)
    const period = { from: new Date(Date.now() - PERIOD_MS).toISOString(), to: new Date().toISOString(), modelId: id }
    const [series, requests, history, enforcement, others] = await Promise.all([
      usageSeries(ctx, period),
      listRequests(ctx, { ...period, limit: LATEST }),
      modelHistory(ctx, id),
      enforcementOf(ctx, 'model', id),
      model.substitutes.length > 0 ? equivalentChoices(ctx, id) : [],
    ])
    const href = `/build/models/${id}`
    const latest = history[0]
    return (
      <>
        <LiveRefresh topics={['config', 'events']} />
        <RecordPage
          title={titleOf(model)}
          crumb={model.identifier}
          status={<LifecycleBadge lifecycle={model.lifecycle} />}
          facts={[model.identifier, model.providerName, sunsetOf(model)]}
          actions={<ModelActions ctx={ctx} model={model} />}
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=evidence`, label: 'Evidence', count: requests.data.length },
            { href: `${href}?tab=history`, label: 'History', count: history.length },
          ]}
          currentTab={tab === 'evidence' || tab === 'history' ? `${href}?tab=${tab}` : href}
          enforcedBy={enforcement ? [documentOf(model, enforcement)] : []}
          fleet={enforcement ? fleetOf(enforcement) : undefined}
          decidedBy={
            latest
              ? [
                  {
                    id: latest.id,
                    title: `${modelActionText(latest.action)} by ${latest.actorName}`,
                    detail: (
                      <>
                        <RelativeTime time={latest.occurredAt} />
                        {latest.reason ? `: ${latest.reason}` : ''}
                      </>
                    ),
                  },
                ]
              : []
          }
        >
          {tab === 'evidence' ? (
            <ModelEvidence model={model} requests={requests.data} />
          ) : tab === 'history' ? (
            <ModelHistory entries={history} />
          ) : (
            <ModelOverview
              model={model}
              series={series}
              names={new Map(others.map(({ value, label }) => [value, label]))}
            />
          )}
        </RecordPage>
      </>
    )
  })
}

function titleOf(model: ModelDetailDto): string {
  const { displayName, lifecycle, tiers } = model
  if (lifecycle === 'blocked') return `${displayName} is blocked`
  if (lifecycle === 'proposed' || lifecycle === 'under_review') return `${displayName} cannot be called yet`
  const data = tiers.length > 0 ? ` with ${new Intl.ListFormat('en').format(tiers)} data` : ''
  return `${displayName} can be called${data}`
}

function sunsetOf({ sunsetAt, source }: ModelDetailDto) {
  if (!sunsetAt) return source === 'shipped' ? 'from the shipped list' : `source: ${source}`
  return (
    <>
      {Date.parse(sunsetAt) < Date.now() ? 'ended' : 'ends'} <RelativeTime time={sunsetAt} />
    </>
  )
}

function documentOf(model: ModelDetailDto, { version }: Enforcement) {
  return { document: `model/${model.id}`, version: Number(version), effect: LIFECYCLES[model.lifecycle].effect }
}

function fleetOf({ rollout }: Enforcement) {
  return { text: rolloutText(rollout), settled: rollout.running > 0 && rollout.live === rollout.running }
}
