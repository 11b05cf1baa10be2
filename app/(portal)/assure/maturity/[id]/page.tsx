import type { Metadata } from 'next'
import Link from 'next/link'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { LAYER_NAMES } from '#core/maturity/criterion.ts'
import { getCriterion } from '#lib/maturity/queries.ts'
import type { CriterionDetailDto } from '#lib/maturity/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { AttestationList } from '../_components/attestation-list.tsx'
import { AttestCriterion, RequestExemption } from '../_components/maturity-actions.tsx'
import { ANSWER_LABELS, foundText, STATES, stageName } from '../_components/maturity-words.ts'

export const metadata: Metadata = { title: 'Criterion' }

export default async function CriterionPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return renderPage(async ({ ctx }) => {
    const criterion = await getCriterion(ctx, id)
    const mayAttest = scopeOf(ctx.actor, 'maturity.attest') !== null
    const mayExcuse = scopeOf(ctx.actor, 'maturity.manage') !== null && criterion.kind === 'exit'
    const attested = criterion.parts.find(part => part.by === 'attestation')
    return (
      <Page>
        <LiveRefresh topics={['approvals', 'config']} />
        <PageHeader
          crumb={criterion.id}
          badges={<Badge tone={STATES[criterion.state].tone}>{STATES[criterion.state].label}</Badge>}
          title={criterion.text}
          description={`${criterion.id} · ${stageName(criterion.stage)} · ${LAYER_NAMES[criterion.layer]} · ${criterion.kind === 'entry' ? 'to enter' : 'to leave'} the stage`}
          actions={
            <>
              {mayExcuse && criterion.state !== 'exempt' && !criterion.exemptionRequest ? (
                <RequestExemption criterionId={id} />
              ) : null}
              {attested && mayAttest ? <AttestCriterion criterionId={id} statement={attested.text} /> : null}
            </>
          }
        />
        <Waiting criterion={criterion} />
        <Section title="What it takes" description="All of it has to hold">
          <Parts criterion={criterion} />
        </Section>
        {criterion.attestations.length > 0 || attested ? (
          <Section title="Evidence" description="What people attested; it is withdrawn, never changed">
            <AttestationList attestations={criterion.attestations} mayWithdraw={mayAttest} />
          </Section>
        ) : null}
        <Section title="What people believe" description={believedText(criterion)}>
          <Beliefs criterion={criterion} />
        </Section>
      </Page>
    )
  })
}

function Waiting({ criterion }: { criterion: CriterionDetailDto }) {
  if (!criterion.exemptionRequest) return null
  return (
    <Callout
      tone="info"
      title="The board is asked to excuse it"
      action={<ButtonLink href={`/approvals/${criterion.exemptionRequest.approvalId}`}>See the request</ButtonLink>}
    >
      Until it decides, the criterion counts as it stands.
    </Callout>
  )
}

function Parts({ criterion }: { criterion: CriterionDetailDto }) {
  return (
    <ul className="divide-y divide-line rounded-[10px] border border-line bg-raised px-4">
      {criterion.parts.map(part => (
        <li key={part.text} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3 text-sm">
          <span className="min-w-0 flex-1 basis-64">
            {part.href && part.by !== 'attestation' ? (
              <Link href={part.href} className="py-0.5 underline-offset-3 hover:underline">
                {part.text}
              </Link>
            ) : (
              part.text
            )}
            {part.by === 'fact' ? <span className="text-muted"> · {part.required}</span> : null}
          </span>
          <span className="flex items-center gap-3 tabular-nums">
            <span className="text-muted">{foundText(part)}</span>
            <Badge tone={STATES[part.state].tone}>{STATES[part.state].label}</Badge>
          </span>
        </li>
      ))}
    </ul>
  )
}

function believedText({ selfAssessment, state }: CriterionDetailDto): string {
  if (!selfAssessment) return 'Nobody has answered in the self-assessment yet'
  if (!selfAssessment.disagrees) return 'They see it as the records do'
  return state === 'met' ? 'More doubt it than the records do' : 'More believe it than the records show'
}

function Beliefs({ criterion }: { criterion: CriterionDetailDto }) {
  if (criterion.answers.length === 0) return null
  return (
    <ul className="divide-y divide-line text-sm">
      {criterion.answers.map(each => (
        <li key={each.personName + each.answeredAt} className="grid gap-x-4 py-2 sm:grid-cols-[12rem_8rem_1fr_auto]">
          <span className="font-medium">{each.personName}</span>
          <span>{ANSWER_LABELS[each.answer]}</span>
          <span className="text-muted">{each.note}</span>
          <RelativeTime time={each.answeredAt} className="text-muted" />
        </li>
      ))}
    </ul>
  )
}
