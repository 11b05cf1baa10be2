import type { Metadata } from 'next'
import Link from 'next/link'
import { formatDate, formatDateTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Code, CodeBlock } from '#components/ui/code-block.tsx'
import { VOTING_RULE_WORDS } from '#lib/board/board-words.ts'
import { getDecision } from '#lib/board/decision-queries.ts'
import type { DecisionDetailDto } from '#lib/board/dto.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { RecordAnnotations } from '../../../../_components/annotations/record-annotations.tsx'
import { renderPage } from '../../../../_components/render-page.tsx'
import { ActionItemList } from '../../_components/action-item-list.tsx'
import { forceOf, KIND_WORDS, tallyText, VOTE_WORDS } from '../../_components/page-words.ts'

export const metadata: Metadata = { title: 'Board decision' }

export default function DecisionPage({ params }: { params: Promise<{ id: string }> }) {
  return renderPage(async ({ ctx }) => {
    const { id } = await params
    const decision = await getDecision(ctx, id)
    const force = forceOf(decision)
    const manages = scopeOf(ctx.actor, 'board.manage') === 'organization'
    return (
      <Page>
        <LiveRefresh topics={['board']} />
        <PageHeader
          crumb={decision.number}
          title={`${decision.number}: ${decision.title}`}
          badges={
            <>
              <Badge tone={force.tone}>{force.label}</Badge>
              <Badge icon={null}>{KIND_WORDS[decision.kind]}</Badge>
            </>
          }
          description={`${tallyText(decision)} · decided ${formatDateTime(decision.decidedAt)}`}
        />
        <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1fr)_23rem]">
          <div className="flex min-w-0 flex-col gap-7">
            <Decided decision={decision} />
            {decision.actionItems.length > 0 ? (
              <Section title="Conditions">
                <ActionItemList items={decision.actionItems} closableBy={{ viewerId: ctx.actor.id, manages }} />
              </Section>
            ) : null}
            <Section title="What was decided on" description="As it was at that moment, whole.">
              <CodeBlock code={JSON.stringify(decision.snapshot, null, 2)} label="Snapshot" />
              <p className="mt-2 wrap-anywhere text-muted text-xs">
                SHA-256 of its canonical form (RFC 8785): <Code>{decision.digest}</Code>
              </p>
            </Section>
            <RecordAnnotations ctx={ctx} kind="board_decision" id={id} />
            <Section title="History">
              <VersionHistory versions={decision.history} label="History of this decision" made="Recorded" />
            </Section>
          </div>
          <aside aria-label="Votes and links" className="flex min-w-0 flex-col gap-7">
            <Votes decision={decision} />
            <Links decision={decision} />
          </aside>
        </div>
      </Page>
    )
  })
}

function Decided({ decision }: { decision: DecisionDetailDto }) {
  const { question, options, rationale, dissent, result } = decision
  return (
    <Section title="What was decided">
      <DefinitionList
        items={[
          { term: 'Question', value: question },
          ...(options.length > 0 ? [{ term: 'Options', value: options.join(', ') }] : []),
          { term: 'Rationale', value: <span className="whitespace-pre-line">{rationale}</span> },
          ...(dissent ? [{ term: 'Dissent', value: <span className="whitespace-pre-line">{dissent}</span> }] : []),
          ...(result ? [{ term: 'What it did', value: `The request is ${result.state}. ${result.outcome}` }] : []),
          { term: 'Effective from', value: formatDate(decision.effectiveFrom) },
          { term: 'Review by', value: decision.reviewBy ? formatDate(decision.reviewBy) : 'No day set' },
        ]}
      />
    </Section>
  )
}

function Votes({ decision: { votes, quorum, votingRule } }: { decision: DecisionDetailDto }) {
  return (
    <Section
      title="Votes"
      description={`Needed ${VOTING_RULE_WORDS[votingRule]}; ${quorum.present} of ${quorum.members} took part, ${quorum.needed} make a quorum.`}
    >
      <ul className="text-sm">
        {votes.map(({ personId, name, vote, reason, recordedBy }) => (
          <li key={personId} className="flex items-start justify-between gap-3 border-line border-b py-2">
            <span>
              {name}
              {reason ? <span className="block text-muted text-xs">{reason}</span> : null}
              {recordedBy ? <span className="block text-muted text-xs">recorded by {recordedBy}</span> : null}
            </span>
            <Badge tone={VOTE_WORDS[vote].tone}>{VOTE_WORDS[vote].label}</Badge>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Links({ decision: { meeting, approvalId, supersedes, supersededBy } }: { decision: DecisionDetailDto }) {
  const links = [
    { href: `/govern/board/meetings/${meeting.id}`, label: meeting.title },
    ...(approvalId ? [{ href: `/approvals/${approvalId}`, label: 'The request it settled' }] : []),
    ...(supersedes
      ? [{ href: `/govern/board/decisions/${supersedes.id}`, label: `Supersedes ${supersedes.number}` }]
      : []),
    ...(supersededBy
      ? [{ href: `/govern/board/decisions/${supersededBy.id}`, label: `Superseded by ${supersededBy.number}` }]
      : []),
  ]
  return (
    <Section title="Where it belongs">
      <ul className="text-sm">
        {links.map(({ href, label }) => (
          <li key={href} className="border-line border-b py-2">
            <Link href={href} className="underline underline-offset-3">
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
