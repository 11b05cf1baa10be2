import { FileText } from 'lucide-react'
import { formatDateTime } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Section } from '#components/page/section.tsx'
import { Timeline } from '#components/page/timeline.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Code } from '#components/ui/code-block.tsx'
import type { MeetingDetailDto, MinutesDto } from '#lib/board/dto.ts'
import { MarkdownPage } from '../../../../docs/_components/markdown-page.tsx'
import { MinutesActions } from './minutes-actions.tsx'

/** The minutes as they are now, what was said about them, and how they become final. */
export function Minutes({ meeting, viewerId }: { meeting: MeetingDetailDto; viewerId: string | null }) {
  const { minutes, state } = meeting
  if (minutes.state === 'none') {
    return (
      <EmptyState
        icon={<FileText />}
        title="No minutes yet"
        description={
          state === 'cancelled'
            ? 'A meeting that was cancelled has none.'
            : 'They are drafted from attendance, votes and decisions when the meeting ends.'
        }
      />
    )
  }
  return (
    <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="min-w-0 [&_h1]:text-xl">
        <MarkdownPage markdown={demoted(minutes.text)} slugs={new Set()} />
        <p className="mt-6 border-line border-t pt-3 text-muted text-xs">
          {minutes.approvedAt ? `Approved ${formatDateTime(minutes.approvedAt)} by ${minutes.approvedBy}. ` : ''}
          SHA-256 of this text: <Code>{minutes.digest}</Code>
        </p>
      </div>
      <aside aria-label="About these minutes" className="flex min-w-0 flex-col gap-6 print:hidden">
        <Section title="State">
          <p className="text-sm">{stateText(minutes)}</p>
          {minutes.approvals.map(({ personId, name, at }) => (
            <p key={personId} className="text-muted text-sm">
              {name} approved, {formatDateTime(at)}
            </p>
          ))}
        </Section>
        <MinutesActions meeting={meeting} viewerId={viewerId} />
        {minutes.state === 'approved' ? (
          <Callout tone="ok" title="Frozen">
            Nothing changes this text any more. Whoever has it can compute its hash and compare.
          </Callout>
        ) : null}
        {minutes.comments.length > 0 ? (
          <Section title="Comments">
            <Timeline
              label="Comments on the minutes"
              entries={minutes.comments.map(({ id, authorName, text, at }) => {
                return { id, time: at, title: authorName, detail: text }
              })}
            />
          </Section>
        ) : null}
      </aside>
    </div>
  )
}

function stateText({ state, approvals, approvalsNeeded }: MinutesDto): string {
  if (state === 'draft') return 'Drafted. The secretary edits and circulates them.'
  if (state === 'approved') return 'Approved and frozen.'
  return `Circulated. ${approvals.length} of ${approvalsNeeded} approvals of members who were there; else the next meeting approves them.`
}

/** The page has its own heading of the first level. */
function demoted(markdown: string): string {
  return markdown.replace(/^(#{1,4}) /gm, '#$1 ')
}
