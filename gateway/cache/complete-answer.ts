import type { OperationName } from '#core/contracts/operation-names.ts'
import { SseFrames } from '#gateway/upstream/sse-frames.ts'

/** Why a model stopped, where the answer is all that it had to say within what it was asked for. */
const CHAT_ENDS: ReadonlySet<unknown> = new Set(['stop', 'length', 'tool_calls', 'function_call'])
const MESSAGE_ENDS: ReadonlySet<unknown> = new Set(['end_turn', 'max_tokens', 'stop_sequence', 'tool_use'])

interface Parsed {
  choices?: { index?: unknown; finish_reason?: unknown }[]
  stop_reason?: unknown
  status?: unknown
  data?: unknown[]
  type?: unknown
  delta?: { stop_reason?: unknown }
  response?: { status?: unknown }
  error?: unknown
}

/** Whether a whole answer is complete by its own words. False for what cannot be read. */
export function isCompleteAnswer(operation: OperationName, body: Buffer): boolean {
  const answer = parsed(body.toString('utf8'))
  if (!answer || (answer.error !== undefined && answer.error !== null)) return false
  switch (operation) {
    case 'chat':
    case 'completions': {
      const { choices } = answer
      return Array.isArray(choices) && choices.length > 0 && choices.every(one => CHAT_ENDS.has(one?.finish_reason))
    }
    case 'messages':
      return MESSAGE_ENDS.has(answer.stop_reason)
    case 'responses':
      return answer.status === 'completed'
    case 'embeddings':
      return Array.isArray(answer.data) && answer.data.length > 0
    default:
      return false
  }
}

/** Whether a stream, with all its events, is complete by its own words. */
export function isCompleteStream(operation: OperationName, body: Buffer): boolean {
  const frames = new SseFrames()
  const events = frames.push(body).flatMap(frame => (frame.data === null ? [] : [frame.data]))
  if (frames.pending > 0) return false
  if (operation === 'chat' || operation === 'completions') return isCompleteChat(events)
  const read = events.map(parsed)
  const last = read.at(-1)
  if (operation === 'responses') {
    return last?.type === 'response.completed' && last.response?.status === 'completed'
  }
  if (operation !== 'messages' || last?.type !== 'message_stop') return false
  return read.some(event => event?.type === 'message_delta' && MESSAGE_ENDS.has(event.delta?.stop_reason))
}

function isCompleteChat(events: readonly string[]): boolean {
  if (events.at(-1) !== '[DONE]') return false
  const ends = new Map<unknown, unknown>()
  for (const event of events.slice(0, -1)) {
    const chunk = parsed(event)
    if (!chunk || (chunk.error !== undefined && chunk.error !== null)) return false
    for (const choice of chunk.choices ?? []) {
      const index = choice.index ?? 0
      ends.set(index, choice.finish_reason ?? ends.get(index) ?? null)
    }
  }
  return ends.size > 0 && [...ends.values()].every(end => CHAT_ENDS.has(end))
}

function parsed(text: string): Parsed | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Parsed) : null
  } catch {
    return null
  }
}
