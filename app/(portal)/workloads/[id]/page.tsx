import { FileText, KeyRound } from 'lucide-react'
import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { effectOf } from '#core/workloads/criteria.ts'
import { listBriefs } from '#lib/briefs/queries.ts'
import { ListBriefsQuery } from '#lib/briefs/schema.ts'
import { type Enforcement, enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { workloadEnforcers, workloadKeys } from '#lib/workloads/belongings.ts'
import { getWorkload, workloadHistory } from '#lib/workloads/queries.ts'
import type { WorkloadDto } from '#lib/workloads/schema.ts'
import { listCallers, listTransitions } from '#lib/workloads/transitions.ts'
import { workloadUsage } from '#lib/workloads/usage.ts'
import { RecordAnnotations } from '../../_components/annotations/record-annotations.tsx'
import { fleetLine } from '../../_components/fleet-line.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { versionDecision } from '../../_components/version-decision.tsx'
import { Lifecycle } from '../_components/lifecycle.tsx'
import { LifecycleBadge } from '../_components/lifecycle-badge.tsx'
import { ReviewWorkload } from '../_components/review-workload.tsx'
import { WorkloadEvidence } from '../_components/workload-evidence.tsx'
import { WorkloadOverview } from '../_components/workload-overview.tsx'
import { reviewNote, workloadTitle } from '../_components/workload-words.ts'

export const metadata: Metadata = { title: 'Workload' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }
const TABS = ['evidence', 'lifecycle', 'history']

export default function WorkloadPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab = '' }] = await Promise.all([params, searchParams])
    const workload = await getWorkload(ctx, id)
    const [enforcement, enforcers, history, briefs] = await Promise.all([
      enforcementOf(ctx, 'workload', id),
      workloadEnforcers(ctx, id),
      workloadHistory(ctx, id),
      listBriefs(ctx, ListBriefsQuery.parse({ workloadId: id, limit: 5 })),
    ])
    const href = `/workloads/${id}`
    const mayManage = isManager(ctx, workload)
    return (
      <>
        <LiveRefresh topics={['config', 'fleet', 'approvals']} />
        <RecordPage
          title={workloadTitle(workload)}
          crumb={workload.name}
          status={<LifecycleBadge lifecycle={workload.lifecycle} />}
          facts={factsOf(workload)}
          actions={<Actions workload={workload} mayManage={mayManage} ctx={ctx} />}
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=evidence`, label: 'Evidence' },
            { href: `${href}?tab=lifecycle`, label: 'Lifecycle' },
            { href: `${href}?tab=history`, label: 'History', count: history.length },
          ]}
          currentTab={TABS.includes(tab) ? `${href}?tab=${tab}` : href}
          enforcedBy={enforcement ? [documentOf(workload, enforcement), ...enforcers] : enforcers}
          fleet={enforcement ? fleetLine(enforcement) : undefined}
          decidedBy={history.slice(0, 3).map(one => versionDecision(one, 'Registered'))}
        >
          {tab === 'history' ? (
            <VersionHistory versions={history} label="Versions of this workload" made="Registered" />
          ) : tab === 'lifecycle' ? (
            <Lifecycle workload={workload} transitions={await listTransitions(ctx, id)} mayManage={mayManage} />
          ) : tab === 'evidence' ? (
            <WorkloadEvidence
              workload={workload}
              usage={await workloadUsage(ctx, id)}
              callers={await listCallers(ctx, id)}
            />
          ) : (
            <WorkloadOverview
              workload={workload}
              briefs={briefs.data}
              keys={await workloadKeys(ctx, id)}
              usage={await workloadUsage(ctx, id)}
            />
          )}
          {tab === '' ? <RecordAnnotations ctx={ctx} kind="workload" id={id} /> : null}
        </RecordPage>
      </>
    )
  })
}

function isManager({ actor }: Context, { ownerId, teamId }: WorkloadDto): boolean {
  const scope = scopeOf(actor, 'workloads.manage')
  if (!scope || actor.kind !== 'person') return false
  return scope === 'organization' || ownerId === actor.id || (scope === 'team' && actor.ledTeamIds.includes(teamId))
}

function factsOf(workload: WorkloadDto): string[] {
  const { slug, teamName, ownerName, lifecycle, reviewBy } = workload
  const owner = ownerName ?? 'no owner'
  return [slug, teamName, owner, ...(lifecycle === 'decommissioned' ? [] : [reviewNote(reviewBy, Date.now()).text])]
}

function Actions({ workload, mayManage, ctx }: { workload: WorkloadDto; mayManage: boolean; ctx: Context }) {
  const { id, name, teamId, lifecycle } = workload
  if (lifecycle === 'decommissioned') return null
  return (
    <>
      {scopeOf(ctx.actor, 'keys.issue') ? (
        <ButtonLink
          href={`/build/keys/new?team=${teamId}&workload=${id}`}
          variant={lifecycle === 'deprecated' ? 'secondary' : 'primary'}
        >
          <KeyRound aria-hidden />
          Issue a key for it
        </ButtonLink>
      ) : null}
      {scopeOf(ctx.actor, 'workloads.propose') ? (
        <ButtonLink href={`/workloads/briefs/new?workload=${id}`}>
          <FileText aria-hidden />
          Change it by a brief
        </ButtonLink>
      ) : null}
      {mayManage ? <ReviewWorkload id={id} name={name} /> : null}
    </>
  )
}

function documentOf({ id, lifecycle }: WorkloadDto, { version }: Enforcement) {
  return { document: `workload/${id}`, version: Number(version), effect: effectOf(lifecycle) }
}
