import { createHash } from 'node:crypto'
import type { Conversation, Part, StreamEvent, ToolChoice, TranslatedDialect } from './conversation.ts'

/** What each dialect takes as the name of a tool. */
const TAKEN: Readonly<Record<TranslatedDialect, RegExp>> = {
  chat: /^[A-Za-z0-9_-]{1,64}$/,
  responses: /^[A-Za-z0-9_-]{1,64}$/,
  messages: /^[A-Za-z0-9_-]{1,128}$/,
}
const KEPT_CHARACTERS = 50

/** The names that the caller gave its tools, by those under which they are carried. */
export type GivenNames = ReadonlyMap<string, string>

/**
 * A conversation whose tools have names that a dialect takes: those of connected servers are longer than OpenAI takes. A
 * name that is not taken keeps its beginning, and the same one always becomes the same other one.
 */
export function withCarriedNames(
  conversation: Conversation,
  to: TranslatedDialect,
): { conversation: Conversation; given: GivenNames } {
  const given = new Map<string, string>()
  const carried = (name: string): string => {
    if (TAKEN[to].test(name)) return name
    const digest = createHash('sha256').update(name).digest('hex').slice(0, 12)
    const other = `${name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, KEPT_CHARACTERS)}_${digest}`
    given.set(other, name)
    return other
  }
  const { tools, turns, toolChoice } = conversation
  const renamed = {
    ...conversation,
    tools: tools.map(tool => ({ ...tool, name: carried(tool.name) })),
    toolChoice: renamedChoice(toolChoice, carried),
    turns: turns.map(turn => ({ ...turn, parts: turn.parts.map(part => renamedPart(part, carried)) })),
  }
  return given.size > 0 ? { conversation: renamed, given } : { conversation, given }
}

function renamedChoice(choice: ToolChoice | null, carried: (name: string) => string): ToolChoice | null {
  if (choice === null || typeof choice === 'string') return choice
  return 'name' in choice
    ? { ...choice, name: carried(choice.name) }
    : { ...choice, allowed: choice.allowed.map(carried) }
}

function renamedPart(part: Part, carried: (name: string) => string): Part {
  return part.type === 'toolCall' ? { ...part, name: carried(part.name) } : part
}

/** Parts of an answer, their calls under the names that the caller gave. */
export function withGivenNames(parts: Part[], given: GivenNames): Part[] {
  return given.size === 0 ? parts : parts.map(part => renamedPart(part, name => given.get(name) ?? name))
}

/** A step of a streamed answer, a call under the name that the caller gave. */
export function withGivenName(event: StreamEvent, given: GivenNames): StreamEvent {
  const name = event.type === 'toolStart' ? given.get(event.name) : undefined
  return event.type === 'toolStart' && name !== undefined ? { ...event, name } : event
}
