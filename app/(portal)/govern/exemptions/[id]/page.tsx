import type { Metadata } from 'next'
import Link from 'next/link'
import { formatDateTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { exemptionHistory } from '#lib/exemptions/exemption-history.ts'
import { getExemption } from '#lib/exemptions/queries.ts'
import type { ExemptionDetailDto } from '#lib/exemptions/schema.ts'
import { enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { RecordAnnotations } from '../../../_components/annotations/record-annotations.tsx'
import { ControlledRisks } from '../../../_components/controlled-risks.tsx'
import { fleetLine } from '../../../_components/fleet-line.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { ExtendExemption, RevokeExemption } from '../_components/exemption-actions.tsx'
import { ExemptionOverview } from '../_components/exemption-overview.tsx'
import { exemptionTitle, KIND_EFFECTS, subjectText } from '../_components/exemption-words.ts'
import { StateBadge } from '../_components/state-badge.tsx'

export const metadata: Metadata = { title: 'Exemption' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

export default function ExemptionPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const exemption = await getExemption(ctx, id)
    const [versions, enforcement] = await Promise.all([exemptionHistory(ctx, id), enforcementOf(ctx, 'exemption', id)])
    const href = `/govern/exemptions/${id}`
    const mine = ctx.actor.kind === 'person' && [exemption.requesterId, exemption.ownerId].includes(ctx.actor.id)
    return (
      <>
        <LiveRefresh topics={['approvals', 'config', 'events']} />
        <RecordPage
          title={exemptionTitle(exemption)}
          crumb={exemption.title}
          status={<StateBadge exemption={exemption} />}
          facts={[
            subjectText(exemption),
            `owned by ${exemption.ownerName}`,
            exemption.state === 'in_force' ? (
              <span key="end">
                ends <RelativeTime time={exemption.endsAt} />
              </span>
            ) : (
              `until ${formatDateTime(exemption.endsAt)}`
            ),
            `version ${exemption.version}`,
          ]}
          actions={<Actions ctx={ctx} exemption={exemption} mine={mine} />}
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=history`, label: 'History', count: versions.length },
          ]}
          currentTab={tab === 'history' ? `${href}?tab=history` : href}
          enforcedBy={
            enforcement
              ? [
                  {
                    document: `exemption/${id}`,
                    version: Number(enforcement.version),
                    effect: KIND_EFFECTS[exemption.kind],
                  },
                ]
              : []
          }
          fleet={enforcement ? fleetLine(enforcement) : undefined}
          decidedBy={decisionsOf(exemption, versions)}
          rail={<ControlledRisks ctx={ctx} kind="exemption" recordId={id} />}
        >
          {tab === 'history' ? (
            <VersionHistory versions={versions} label="History of this exemption" />
          ) : (
            <ExemptionOverview
              exemption={exemption}
              mayAttest={mine || scopeOf(ctx.actor, 'exemptions.manage') !== null}
            />
          )}
          {tab !== 'history' ? <RecordAnnotations ctx={ctx} kind="exemption" id={id} /> : null}
        </RecordPage>
      </>
    )
  })
}

function Actions({ ctx, exemption, mine }: { ctx: Context; exemption: ExemptionDetailDto; mine: boolean }) {
  const { id, title, state, endsAt, pendingApprovalId } = exemption
  const mayExtend = mine || scopeOf(ctx.actor, 'exemptions.request') === 'organization'
  const mayRevoke = mine || scopeOf(ctx.actor, 'exemptions.manage') !== null
  if (!pendingApprovalId && state !== 'in_force' && state !== 'scheduled') return null
  return (
    <>
      {pendingApprovalId ? (
        <ButtonLink href={`/approvals/${pendingApprovalId}`} variant="primary">
          {state === 'requested' ? 'See the request' : 'See the request for more time'}
        </ButtonLink>
      ) : null}
      {state === 'in_force' && !pendingApprovalId && mayExtend ? (
        <ExtendExemption id={id} title={title} endsAt={endsAt} />
      ) : null}
      {(state === 'in_force' || state === 'scheduled') && mayRevoke ? <RevokeExemption id={id} title={title} /> : null}
    </>
  )
}

const DECISIONS: readonly [word: string, title: string][] = [
  ['approved', 'Granted'],
  ['revoked', 'Revoked'],
  ['broken', 'Ended'],
  ['expired', 'Expired'],
  ['declined', 'Declined'],
]

function decisionsOf(exemption: ExemptionDetailDto, versions: readonly RecordVersionDto[]) {
  const decided = versions.flatMap(({ id, changes, createdAt, reason }) => {
    const state = changes.find(one => one.field === 'state')?.after
    const extended = changes.some(one => one.field === 'extensions' && one.before !== null)
    const title = extended ? 'Extended' : DECISIONS.find(([word]) => word === state)?.[1]
    if (!title) return []
    const by = title === 'Granted' ? exemption.approvedBy : title === 'Revoked' ? exemption.endedBy : null
    const detail = (
      <>
        <RelativeTime time={createdAt} />
        {title === 'Granted' || !reason ? '' : `: ${reason}`}
      </>
    )
    return [{ id, title: by ? `${title} by ${by}` : title, detail }]
  })
  if (!exemption.approvalId) return decided
  const link = (
    <Link href={`/approvals/${exemption.approvalId}`} className="underline underline-offset-4">
      What was asked for and decided
    </Link>
  )
  return [...decided, { id: exemption.approvalId, title: 'The request', detail: link }]
}
