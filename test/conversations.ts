import fc from 'fast-check'
import type { StreamEvent } from '#core/translation/conversation.ts'

/** A streamed answer and what it says, for tests that send it through translations. */
export interface DrawnAnswer {
  events: StreamEvent[]
  thought: string
  text: string
  calls: { id: string; name: string; arguments: unknown }[]
}

/** Texts of every script, none of them empty. */
const said = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).map(text => `é${text}`)
const usage = fc.record({
  input: fc.nat(1e6),
  cachedInput: fc.nat(1e6),
  cacheWrite5m: fc.constant(0),
  cacheWrite1h: fc.constant(0),
  output: fc.nat(1e6),
  reasoning: fc.nat(1e6),
})
const call = fc.record({
  name: fc.constantFrom('weather', 'search', 'tool-3'),
  arguments: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
  /** Where its JSON is cut into pieces. */
  cuts: fc.array(fc.nat(), { maxLength: 4 }),
})

/**
 * Whole answers: a thought, text, and calls of tools whose pieces come one call after another, or all mixed up.
 *
 * @param mixed whether the pieces of parallel calls may come in any order
 */
export function drawnAnswers(mixed: boolean): fc.Arbitrary<DrawnAnswer> {
  return fc
    .record({
      thoughts: fc.array(said, { maxLength: 3 }),
      texts: fc.array(said, { maxLength: 5 }),
      calls: fc.array(call, { maxLength: 3 }),
      order: fc.infiniteStream(fc.nat()),
      usage,
    })
    .map(({ thoughts, texts, calls, order, usage }) => {
      const given = calls.map((one, index) => ({ id: `call_${index}_x`, name: one.name, arguments: one.arguments }))
      const queues = calls.map((one, index) => callEvents(index, given[index]?.id ?? '', one))
      const reason = calls.length > 0 ? ('toolCalls' as const) : ('end' as const)
      return {
        events: [
          { type: 'start', id: 'x1', model: 'm', created: 1_700_000_000, usage: null },
          ...thoughts.map((text): StreamEvent => ({ type: 'thinking', text })),
          ...texts.map((text): StreamEvent => ({ type: 'text', text })),
          ...(mixed ? shuffled(queues, order) : queues.flat()),
          { type: 'stop', reason, stopSequence: null },
          { type: 'usage', usage },
        ],
        thought: thoughts.join(''),
        text: texts.join(''),
        calls: given,
      }
    })
}

function callEvents(index: number, id: string, { name, arguments: value, cuts }: DrawnCall): StreamEvent[] {
  const json = JSON.stringify(value)
  const at = [0, ...cuts.map(cut => cut % json.length).sort((a, b) => a - b), json.length]
  const pieces = at.slice(1).map((end, place) => json.slice(at[place], end))
  return [
    { type: 'toolStart', index, id, name },
    ...pieces.filter(text => text !== '').map((text): StreamEvent => ({ type: 'toolArguments', index, text })),
    { type: 'toolEnd', index },
  ]
}

type DrawnCall = { name: string; arguments: unknown; cuts: number[] }

/** Takes from the queues in any order; calls begin in the order of their index, as providers number them. */
function shuffled(queues: StreamEvent[][], order: Iterator<number>): StreamEvent[] {
  const out: StreamEvent[] = []
  let begun = 0
  while (queues.some(queue => queue.length > 0)) {
    const open = queues.filter((queue, at) => queue.length > 0 && at <= begun)
    const queue = open[(order.next().value as number) % open.length]
    const event = queue?.shift()
    if (!event) continue
    if (event.type === 'toolStart') begun = Math.max(begun, event.index + 1)
    out.push(event)
  }
  return out
}

/** Bytes cut at any places, inside of characters too. */
export function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map(place => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
}
