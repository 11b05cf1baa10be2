/** Text that a frame of a stream adds, and the place of the answer that it belongs to. */
export interface AnswerDelta {
  readonly place: string
  readonly text: string
}

interface Choice {
  index?: unknown
  text?: unknown
  delta?: Record<string, unknown> & { tool_calls?: { index?: unknown; function?: Record<string, unknown> }[] }
}

interface Event {
  type?: unknown
  index?: unknown
  output_index?: unknown
  delta?: unknown
  content_block?: Record<string, unknown>
  choices?: unknown
}

const CHAT_FIELDS = ['content', 'refusal', 'reasoning_content', 'reasoning'] as const
const MESSAGE_FIELDS = ['text', 'thinking', 'partial_json'] as const

/** What a frame says; null when that is nothing. Throws SyntaxError when its data is no JSON. */
export function eventOf(data: string): Record<string, unknown> | null {
  if (data === '[DONE]') return null
  const event: unknown = JSON.parse(data)
  return typeof event === 'object' ? (event as Record<string, unknown> | null) : null
}

/** What an event adds to the answer, in whichever dialect it is. */
export function deltasOf(event: Event): AnswerDelta[] {
  const deltas: AnswerDelta[] = []
  if (Array.isArray(event.choices)) {
    for (const choice of event.choices as Choice[]) addChoice(deltas, choice)
  } else if (typeof event.delta === 'string') {
    const kind = String(event.type ?? '').replace(/^response\.|\.delta$/g, '')
    add(deltas, `output.${event.output_index ?? 0}.${kind}`, event.delta)
  } else addBlock(deltas, event)
  return deltas
}

function addChoice(deltas: AnswerDelta[], choice: Choice | null): void {
  if (typeof choice !== 'object' || choice === null) return
  const place = `choices.${choice.index ?? 0}`
  add(deltas, `${place}.text`, choice.text)
  const { delta } = choice
  if (typeof delta !== 'object' || delta === null) return
  for (const field of CHAT_FIELDS) add(deltas, `${place}.message.${field}`, delta[field])
  if (!Array.isArray(delta.tool_calls)) return
  for (const call of delta.tool_calls) {
    add(deltas, `${place}.message.tool_calls.${call?.index ?? 0}.function.arguments`, call?.function?.arguments)
  }
}

/** Of Anthropic's messages: a block's beginning, and what is added to it. */
function addBlock(deltas: AnswerDelta[], { index, delta, content_block: block }: Event): void {
  for (const part of [block, delta as Record<string, unknown> | undefined]) {
    if (typeof part !== 'object' || part === null) continue
    for (const field of MESSAGE_FIELDS) add(deltas, `content.${index ?? 0}`, part[field])
  }
}

function add(deltas: AnswerDelta[], place: string, text: unknown): void {
  if (typeof text === 'string' && text !== '') deltas.push({ place, text })
}
