/** Text that a frame of a stream adds, and the place of the answer that it belongs to. */
export interface AnswerDelta {
  readonly place: string
  readonly text: string
}

interface Choice {
  index?: unknown
  text?: unknown
  delta?: unknown
}

interface Event {
  type?: unknown
  index?: unknown
  output_index?: unknown
  delta?: unknown
  content_block?: Record<string, unknown>
  choices?: unknown
}

/** What a chat's delta has besides what the model says: whatever else it holds is text, as in a whole answer. */
const STRUCTURAL = new Set(['role', 'type', 'id', 'index', 'name'])
const DEEPEST = 8
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
  addAll(deltas, `${place}.message`, choice.delta, 0)
}

/** Every text of a delta; parts of a list are told apart by their own index. */
function addAll(deltas: AnswerDelta[], place: string, value: unknown, depth: number): void {
  if (typeof value === 'string') add(deltas, place, value)
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) addAll(deltas, `${place}.${item?.index ?? at}`, item, depth + 1)
    return
  }
  for (const [key, item] of Object.entries(value)) {
    if (!STRUCTURAL.has(key)) addAll(deltas, `${place}.${key}`, item, depth + 1)
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
