import type { Metadata } from 'next'
import Link from 'next/link'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { briefHistory, getBrief } from '#lib/briefs/queries.ts'
import type { BriefDetailDto } from '#lib/briefs/schema.ts'
import { RecordAnnotations } from '../../../_components/annotations/record-annotations.tsx'
import { renderPage } from '../../../_components/render-page.tsx'
import { briefAnswers } from '../_components/brief-answers.ts'
import { briefChoices } from '../_components/brief-choices.ts'
import { BriefEditor } from '../_components/brief-editor.tsx'
import { briefTitle, STATES } from '../_components/brief-words.ts'

export const metadata: Metadata = { title: 'Workload brief' }

type Props = { params: Promise<{ id: string }> }

export default function BriefPage({ params }: Props) {
  return renderPage(async ({ ctx }) => {
    const { id } = await params
    const [brief, history] = [await getBrief(ctx, id), await briefHistory(ctx, id)]
    return (
      <Page>
        {brief.mine ? null : <LiveRefresh topics={['approvals']} />}
        <PageHeader
          crumb={brief.name}
          title={briefTitle({ ...brief, problems: brief.problems.length })}
          badges={<Badge tone={STATES[brief.state].tone}>{STATES[brief.state].label}</Badge>}
          description={`Written by ${brief.authorName}${brief.teamName ? `, for ${brief.teamName}` : ''}`}
          actions={<Ways brief={brief} />}
        />
        {brief.state === 'returned' && brief.outcome ? (
          <Callout tone="warn" title="It came back">
            {brief.outcome}
          </Callout>
        ) : null}
        {brief.mine ? (
          <BriefEditor brief={brief} choices={await briefChoices(ctx)} />
        ) : (
          <Section title="What it says">
            <DefinitionList items={briefAnswers(brief)} />
          </Section>
        )}
        <RecordAnnotations ctx={ctx} kind="brief" id={id} />
        {history.length > 0 ? (
          <Section title="What was submitted">
            <VersionHistory versions={history} label="Versions of this brief" made="Submitted" />
          </Section>
        ) : null}
      </Page>
    )
  })
}

function Ways({ brief: { state, approvalId, workloadId } }: { brief: BriefDetailDto }) {
  return (
    <>
      {state === 'submitted' && approvalId ? (
        <ButtonLink href={`/approvals/${approvalId}`} variant="primary">
          See its approval
        </ButtonLink>
      ) : null}
      {workloadId ? (
        <Link href={`/workloads/${workloadId}`} className="py-1 text-accent-text text-sm underline underline-offset-3">
          The workload
        </Link>
      ) : null}
    </>
  )
}
