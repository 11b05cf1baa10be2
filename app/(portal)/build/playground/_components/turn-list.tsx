import { MessageSquare } from 'lucide-react'
import Link from 'next/link'
import { formatDuration, formatTokens } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Callout } from '#components/ui/callout.tsx'
import type { AnswerFigures, Turn } from './conversation.ts'

/** The conversation, oldest first; under each answer what it took. */
export function TurnList({ turns, modelName }: { turns: readonly Turn[]; modelName: string }) {
  if (turns.length === 0)
    return (
      <EmptyState
        icon={<MessageSquare />}
        title={`Ask ${modelName} something`}
        description="The call goes through the gateway under your name: limits, catalog and records apply as to any other."
        className="my-auto"
      />
    )
  return (
    <ol aria-label="Messages" className="flex flex-col gap-5">
      {turns.map(turn => (
        <li key={turn.id} className="min-w-0">
          <p className="mb-1 font-medium text-muted text-xs">{turn.role === 'user' ? 'You' : modelName}</p>
          {turn.role === 'user' ? (
            <p className="wrap-anywhere w-fit max-w-full whitespace-pre-wrap rounded-lg bg-hover px-3.5 py-2">
              {turn.text}
            </p>
          ) : (
            <Answer turn={turn} />
          )}
        </li>
      ))}
    </ol>
  )
}

function Answer({ turn }: { turn: Turn }) {
  return (
    <div aria-busy={turn.state === 'streaming'} className="flex flex-col gap-2">
      {turn.text || turn.state === 'streaming' ? (
        <p className="wrap-anywhere max-w-3xl whitespace-pre-wrap leading-6">
          {turn.text}
          {turn.state === 'streaming' ? (
            <span aria-hidden className="ml-0.5 inline-block h-4 w-1.5 animate-pulse bg-accent align-text-bottom" />
          ) : null}
        </p>
      ) : null}
      {turn.problem ? (
        <Callout tone="bad" live title="The call was not answered">
          {turn.problem}
        </Callout>
      ) : null}
      {turn.state === 'streaming' ? null : <Figures figures={turn.figures} stopped={turn.state === 'stopped'} />}
    </div>
  )
}

function Figures({ figures, stopped }: { figures: AnswerFigures | undefined; stopped: boolean }) {
  const parts = [
    ...(stopped ? ['Stopped'] : []),
    ...(figures?.inputTokens != null ? [`${formatTokens(figures.inputTokens)} tokens in`] : []),
    ...(figures?.outputTokens != null ? [`${formatTokens(figures.outputTokens)} out`] : []),
    ...(figures?.firstTokenMs != null ? [`first token after ${formatDuration(figures.firstTokenMs)}`] : []),
    ...(figures?.totalMs != null ? [`${formatDuration(figures.totalMs)} in all`] : []),
  ]
  return (
    <p role="status" className="flex flex-wrap gap-x-1.5 text-muted text-xs tabular-nums">
      {parts.map((part, index) => (
        <span key={part}>
          {index > 0 ? '· ' : ''}
          {part}
        </span>
      ))}
      {figures?.requestId ? (
        <span>
          {parts.length > 0 ? '· ' : ''}
          <Link
            href={`/operate/requests/${figures.requestId}`}
            className="underline decoration-line-strong underline-offset-2 hover:text-ink"
          >
            request {figures.requestId.slice(-12)}
          </Link>
        </span>
      ) : null}
    </p>
  )
}
