import Link from 'next/link'
import { Countdown } from '#components/page/countdown.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Timeline } from '#components/page/timeline.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Code } from '#components/ui/code-block.tsx'
import type { ApprovalDetailDto } from '#lib/approvals/dto.ts'
import { RISKS, STATES } from './approval-words.ts'
import { Decide } from './decide.tsx'
import { deciderText } from './policy-words.ts'

/** A request as the one who decides it reads it: what, why they are asked, what was said, what came of its like. */
export function ApprovalDetail({
  request,
  viewerId,
  heading = 'h2',
}: {
  request: ApprovalDetailDto
  viewerId: string | null
  heading?: 'h1' | 'h2'
}) {
  const Heading = heading
  return (
    <article aria-label={request.title} className="flex flex-col gap-6">
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <div className="flex flex-wrap gap-2">
            <Badge tone={STATES[request.state].tone}>{STATES[request.state].label}</Badge>
            <Badge tone={RISKS[request.risk].tone}>{RISKS[request.risk].label}</Badge>
            <Badge icon={null}>{request.kindTitle}</Badge>
          </div>
          <span className="text-muted text-sm">
            {request.state === 'pending' ? (
              <Countdown until={request.expiresAt} from={request.createdAt} />
            ) : (
              <>
                Decided <RelativeTime time={request.decidedAt ?? request.createdAt} />
              </>
            )}
          </span>
        </div>
        <Heading className="text-balance font-[450] text-xl tracking-[-0.01em]">{request.title}</Heading>
        <p className="text-muted text-sm">
          {request.requesterName} asked <RelativeTime time={request.createdAt} />
          {request.teamName ? `, for ${request.teamName}` : ''}
        </p>
      </header>
      <Decide request={request} isRequester={viewerId !== null && viewerId === request.requesterId} />
      <Section title="What is asked for">
        <DefinitionList items={request.lines.map(line => ({ term: line.label, value: <Change {...line} /> }))} />
      </Section>
      <Section title="Why">
        <p className="text-sm">{request.reason || 'No reason was given.'}</p>
        <p className="mt-2 text-muted text-sm">
          {request.rule}. {standingOf(request)}
        </p>
      </Section>
      <Outcome request={request} />
      <Said request={request} />
      <Similar request={request} />
      <p className="text-muted text-xs">
        A decision holds for exactly this: <Code>{`sha256 ${request.digest.slice(0, 12)}…`}</Code>, policy version{' '}
        {request.policyVersion}. If what it concerns changes meanwhile, the request is void.
      </p>
    </article>
  )
}

function Change({ before, after }: { before: string | null; after: string }) {
  if (before === null) return after
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <span className="font-medium">{after}</span>
      <span className="text-muted">instead of {before}</span>
    </span>
  )
}

function standingOf(request: ApprovalDetailDto): string {
  const { state, stepName, step, steps, approvals, approvalsNeeded, deciders } = request
  if (state !== 'pending') return ''
  const more = deciders.length > 4 ? ` and ${deciders.length - 4} others` : ''
  const place = steps > 1 ? `Step ${step + 1} of ${steps}, ` : ''
  if (deciders.length === 0) return `${place}${stepName}: the review board decides it in a meeting.`
  const names = deciders.slice(0, 4).map(deciderText).join('; ')
  return `${place}${stepName}: ${names}${more} may decide; ${approvals} of ${approvalsNeeded} approvals.${neededWords(request)}`
}

/** Who is still needed, where one approval is not enough. */
function neededWords({ stillNeeded, approvalsNeeded }: ApprovalDetailDto): string {
  if (!stillNeeded) return ''
  const { approvals, names, attainable } = stillNeeded
  if (!attainable) {
    return ' Those who may decide are not enough, so it waits for its escalation or expires. An administrator can change how this kind is decided; the request has to be made anew then.'
  }
  if (approvalsNeeded === 1 || names.length === 0) return ''
  const listed = names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} others` : names.join(', ')
  return approvals === names.length ? ` Still needed: ${listed}.` : ` Still needed: ${approvals} of ${listed}.`
}

function Outcome({ request }: { request: ApprovalDetailDto }) {
  if (request.state === 'pending' && request.conditions.length === 0) return null
  return (
    <Section title={request.state === 'pending' ? 'Conditions so far' : 'What came of it'}>
      {request.outcome ? <p className="text-sm">{request.outcome}</p> : null}
      {request.conditions.map(condition => (
        <p key={condition} className="text-sm">
          On the condition: {condition}
        </p>
      ))}
      {request.result ? (
        <Link href={request.result.href} className="text-accent-text text-sm underline underline-offset-3">
          {request.result.name}
        </Link>
      ) : null}
    </Section>
  )
}

function Said({ request }: { request: ApprovalDetailDto }) {
  const votes = request.votes.map(vote => ({
    id: `${vote.step}-${vote.voterName}`,
    time: vote.at,
    title: `${deciderText({ name: vote.voterName, onBehalfOf: vote.onBehalfOf })} ${vote.vote === 'approve' ? 'approved' : 'rejected'} (${vote.stepName})`,
    detail: vote.reason || undefined,
  }))
  const comments = request.comments.map(comment => ({
    id: comment.id,
    time: comment.at,
    title: `${comment.authorName} ${comment.kind === 'question' ? 'asked' : 'wrote'}`,
    detail: comment.text,
  }))
  const entries = [...votes, ...comments].sort((a, b) => b.time.localeCompare(a.time))
  if (entries.length === 0) return null
  return (
    <Section title="What was said">
      <Timeline label="Votes and comments" entries={entries} />
    </Section>
  )
}

function Similar({ request }: { request: ApprovalDetailDto }) {
  const { similar } = request
  if (similar.length === 0) return null
  const count = (state: string) => similar.filter(one => one.state === state).length
  return (
    <Section
      title="The last times this rule asked"
      actions={`${count('approved')} approved, ${count('rejected')} rejected`}
    >
      <ul className="text-sm">
        {similar.map(one => (
          <li key={one.id} className="flex items-center gap-3 border-line border-b py-1.5">
            <span className="w-24 shrink-0 text-muted">
              {one.decidedAt ? <RelativeTime time={one.decidedAt} /> : ''}
            </span>
            <span className="min-w-0 flex-1 truncate">{one.title}</span>
            <Badge tone={STATES[one.state].tone}>{STATES[one.state].label}</Badge>
          </li>
        ))}
      </ul>
    </Section>
  )
}
