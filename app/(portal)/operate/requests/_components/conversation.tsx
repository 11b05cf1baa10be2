import { cn } from '#components/cn.ts'
import { Badge } from '#components/ui/badge.tsx'
import type { ReadablePart, ReadableTurn } from '#core/content/readable-content.ts'
import type { ContentDto } from '#lib/content-log/schema.ts'

const ROLES: Record<ReadableTurn['role'] | 'answer', string> = {
  system: 'Instructions',
  user: 'User',
  assistant: 'Model, before',
  tool: 'Tool',
  answer: 'Answer',
}
const KINDS: Record<Exclude<ReadablePart['type'], 'text' | 'toolCall'>, string> = {
  thinking: 'Thinking',
  refusal: 'Refusal',
  toolResult: 'Result of a tool',
  image: 'Image',
  document: 'Document',
}

/** A request's content as a conversation: who said what, in order, the answer last. */
export default function Conversation({ content }: { content: ContentDto }) {
  const { conversation, answers, request, response, dialect } = content
  return (
    <ol aria-label="Conversation" className="flex flex-col gap-3">
      {conversation ? (
        inOrder(conversation).map(({ place, one }) => <Turn key={place} label={ROLES[one.role]} parts={one.parts} />)
      ) : (
        <Raw label={`Request, ${dialect}`} text={request.text} />
      )}
      {request.truncated ? <Cut what="request" /> : null}
      {answers ? (
        inOrder(answers).map(({ place, one }) => (
          <Turn key={`answer ${place}`} label={answerLabel(place, answers.length)} parts={one} said />
        ))
      ) : response ? (
        <Raw label="Answer" text={response.text} />
      ) : (
        <li className="text-muted text-sm">
          {dialect === 'embeddings' ? 'Of embeddings only the input is kept.' : 'No answer was received.'}
        </li>
      )}
      {response?.truncated ? <Cut what="answer" /> : null}
    </ol>
  )
}

/** Of several choices, which one it is. */
function answerLabel(place: number, all: number): string {
  return all > 1 ? `${ROLES.answer} ${place + 1} of ${all}` : ROLES.answer
}

/** What is said has no id but its place, which never changes. */
function inOrder<T>(items: readonly T[]): { place: number; one: T }[] {
  return items.map((one, place) => ({ place, one }))
}

function Turn({ label, parts, said }: { label: string; parts: readonly ReadablePart[]; said?: boolean }) {
  return (
    <li
      className={cn(
        'rounded-lg border px-3.5 py-2.5',
        said ? 'border-accent/40 bg-accent-soft' : 'border-line bg-raised',
      )}
    >
      <p className="mb-1 text-muted text-xs">{label}</p>
      {parts.length === 0 ? <p className="text-muted text-sm">Nothing</p> : null}
      {inOrder(parts).map(({ place, one }) => (
        <Part key={place} part={one} />
      ))}
    </li>
  )
}

function Part({ part }: { part: ReadablePart }) {
  if (part.type === 'text') return <p className="wrap-anywhere whitespace-pre-wrap text-sm">{part.text}</p>
  if (part.type === 'toolCall') {
    return (
      <div className="mt-1.5 first:mt-0">
        <p className="text-muted text-xs">
          Calls the tool <span className="font-mono text-ink">{part.name}</span>
        </p>
        <Code text={part.text} />
      </div>
    )
  }
  return (
    <div className="mt-1.5 first:mt-0">
      <p className="text-muted text-xs">{KINDS[part.type]}</p>
      <p className="wrap-anywhere whitespace-pre-wrap text-muted text-sm">{part.text}</p>
    </div>
  )
}

function Raw({ label, text }: { label: string; text: string }) {
  return (
    <li className="rounded-lg border border-line bg-raised px-3.5 py-2.5">
      <p className="mb-1 text-muted text-xs">{label}</p>
      <Code text={text} />
    </li>
  )
}

function Code({ text }: { text: string }) {
  return <pre className="wrap-anywhere mt-1 whitespace-pre-wrap font-mono text-xs">{text}</pre>
}

function Cut({ what }: { what: string }) {
  return (
    <li>
      <Badge tone="warn">The end of the {what} was cut off: it was larger than what is kept</Badge>
    </li>
  )
}
