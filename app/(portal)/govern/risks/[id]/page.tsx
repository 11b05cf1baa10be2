import type { Metadata } from 'next'
import Link from 'next/link'
import { formatDateTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { scopeOf } from '#lib/platform/context.ts'
import { getRisk } from '#lib/risks/get-risk.ts'
import { type ControlChoices, controlChoices, riskHistory } from '#lib/risks/queries.ts'
import type { RiskDetailDto } from '#lib/risks/schema.ts'
import { RecordAnnotations } from '../../../_components/annotations/record-annotations.tsx'
import { renderPage } from '../../../_components/render-page.tsx'
import { LevelBadge } from '../_components/level-badge.tsx'
import { CloseRisk, LinkControl, RequestAcceptance, ReviewRisk, UnlinkControl } from '../_components/risk-actions.tsx'
import {
  CATEGORY_LABELS,
  CONTROL_LABELS,
  IMPACTS,
  LIKELIHOODS,
  riskTitle,
  TREATMENT_LABELS,
} from '../_components/risk-words.ts'

export const metadata: Metadata = { title: 'Risk' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

export default function RiskPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const mayManage = scopeOf(ctx.actor, 'risks.manage') !== null
    const risk = await getRisk(ctx, id)
    const [versions, choices] = await Promise.all([riskHistory(ctx, id), mayManage ? controlChoices(ctx) : null])
    const href = `/govern/risks/${id}`
    const decided = versions.filter(({ changes }) =>
      changes.some(({ field }) => ['accepted', 'state', 'residual'].includes(field)),
    )
    return (
      <>
        <LiveRefresh topics={['approvals']} />
        <RecordPage
          title={riskTitle(risk)}
          crumb={risk.title}
          status={risk.closedAt ? <Badge tone="neutral">Closed</Badge> : <LevelBadge level={risk.residualLevel} />}
          facts={[
            CATEGORY_LABELS[risk.category],
            risk.ownerName ? `owned by ${risk.ownerName}` : 'owned by nobody',
            <span key="review">
              review <RelativeTime time={risk.reviewAt} />
            </span>,
            `version ${risk.version}`,
          ]}
          actions={mayManage && !risk.closedAt ? <Actions risk={risk} /> : null}
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=history`, label: 'History', count: versions.length },
          ]}
          currentTab={tab === 'history' ? `${href}?tab=history` : href}
          enforcedBy={risk.linked
            .filter(({ broken }) => broken === null)
            .map(({ kind, name, note }) => ({
              document: `${CONTROL_LABELS[kind]}: ${name}`,
              version: null,
              effect: note || 'Makes it smaller',
            }))}
          enforcedByNone="No control in force is linked, so nothing at the gateway makes it smaller."
          decidedBy={decided.slice(0, 3).map(({ id: version, authorName, createdAt, reason }) => ({
            id: version,
            title: `Judged by ${authorName}`,
            detail: (
              <>
                <RelativeTime time={createdAt} />
                {reason ? `: ${reason}` : ''}
              </>
            ),
          }))}
        >
          {tab === 'history' ? (
            <VersionHistory versions={versions} label="History of this risk" />
          ) : (
            <Overview risk={risk} choices={risk.closedAt ? null : choices} />
          )}
          {tab !== 'history' ? <RecordAnnotations ctx={ctx} kind="risk" id={id} /> : null}
        </RecordPage>
      </>
    )
  })
}

function Actions({ risk: { id, treatment, pendingApprovalId } }: { risk: RiskDetailDto }) {
  return (
    <>
      <ButtonLink href={`/govern/risks/${id}/assess`} variant="primary">
        Assess
      </ButtonLink>
      <ReviewRisk id={id} />
      {pendingApprovalId ? <ButtonLink href={`/approvals/${pendingApprovalId}`}>See the request</ButtonLink> : null}
      {treatment === 'accept' && !pendingApprovalId ? <RequestAcceptance id={id} /> : null}
      <CloseRisk id={id} />
    </>
  )
}

function Overview({ risk, choices }: { risk: RiskDetailDto; choices: ControlChoices | null }) {
  const grade = (likelihood: number, impact: number) =>
    `${LIKELIHOODS[likelihood - 1]} (${likelihood}) and ${IMPACTS[impact - 1]?.toLowerCase()} (${impact}), ${likelihood * impact} of 25`
  return (
    <>
      <Section title="How it comes about">
        <p className="max-w-2xl whitespace-pre-line">{risk.description}</p>
      </Section>
      <Section title="How grave it is">
        <DefinitionList
          items={[
            { term: 'With nothing done', value: grade(risk.likelihood, risk.impact) },
            { term: 'With its controls', value: grade(risk.residualLikelihood, risk.residualImpact) },
            { term: 'Treatment', value: TREATMENT_LABELS[risk.treatment] },
            ...(risk.treatment === 'accept' ? [{ term: 'Accepted', value: <Acceptance risk={risk} /> }] : []),
          ]}
        />
        <p className="mt-4 max-w-2xl whitespace-pre-line">{risk.plan}</p>
      </Section>
      <Section
        title="Controls"
        description="Records that make it smaller. One that is no more in force shows as broken."
        actions={choices ? <LinkControl id={risk.id} choices={choices} /> : null}
      >
        <Controls risk={risk} mayManage={choices !== null} />
      </Section>
    </>
  )
}

function Acceptance({ risk: { acceptedBy, acceptedUntil, needsAcceptance } }: { risk: RiskDetailDto }) {
  if (needsAcceptance) return <Badge tone="warn">Not yet: it stays high</Badge>
  if (!acceptedUntil) return 'Whoever manages it may, since it does not stay high'
  return `By ${acceptedBy ?? 'an approval'} until ${formatDateTime(acceptedUntil)}`
}

function Controls({ risk, mayManage }: { risk: RiskDetailDto; mayManage: boolean }) {
  if (risk.linked.length === 0) return <p className="text-muted text-sm">No control is linked.</p>
  return (
    <ul className="flex flex-col divide-y divide-line border-line border-y">
      {risk.linked.map(({ id, kind, name, note, href, broken }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-2 py-2.5">
          <span>
            {href ? (
              <Link href={href} className="underline-offset-4 hover:underline">
                {name}
              </Link>
            ) : (
              name
            )}
            <span className="text-muted"> {CONTROL_LABELS[kind].toLowerCase()}</span>
            {note ? <span className="block text-muted text-sm">{note}</span> : null}
          </span>
          <span className="flex items-center gap-2">
            {broken ? <Badge tone="bad">Broken: {broken}</Badge> : <Badge tone="ok">In force</Badge>}
            {mayManage ? <UnlinkControl id={risk.id} controlId={id} name={name} /> : null}
          </span>
        </li>
      ))}
    </ul>
  )
}
