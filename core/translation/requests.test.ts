import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Conversation,
  emptyConversation,
  type StreamEvent,
  TRANSLATED_DIALECTS,
  type Turn,
} from './conversation.ts'
import { TRANSLATIONS } from './translated-dialects.ts'

const OPTIONS = { model: 'm', maxTokens: 100, olderLimit: false }
const said = fc.string({ minLength: 1 }).map(text => `x${text}`)
const text = said.map(value => ({ type: 'text' as const, text: value }))
const pdf = { kind: 'base64' as const, mediaType: 'application/pdf', data: 'JVBERi0=' }
const file = fc.constantFrom(
  { type: 'image' as const, source: { kind: 'url' as const, url: 'https://example.com/a.png' }, detail: null },
  { type: 'image' as const, source: { kind: 'base64' as const, mediaType: 'image/png', data: 'AAAA' }, detail: null },
  { type: 'document' as const, source: pdf, name: 'a.pdf' },
)
const exchange = fc
  .tuple(said, fc.option(file, { nil: null }), fc.dictionary(fc.string(), fc.integer()), said, fc.nat(3))
  .map(([question, picture, args, result, calls]): Turn[] => {
    const ids = Array.from({ length: calls + 1 }, (_, index) => `call_${index}`)
    const asked = { type: 'text' as const, text: question }
    return [
      { role: 'user', parts: picture ? [asked, picture] : [asked] },
      {
        role: 'assistant',
        parts: ids.map(id => ({ type: 'toolCall', id, name: 'f', arguments: JSON.stringify(args) })),
      },
      {
        role: 'user',
        parts: ids.map(id => ({ type: 'toolResult', id, content: [{ type: 'text', text: result }], isError: false })),
      },
      { role: 'assistant', parts: [{ type: 'text', text: result }] },
    ]
  })
const conversations = fc
  .record({
    turns: exchange,
    system: fc.array(said, { maxLength: 1 }),
    temperature: fc.option(fc.constantFrom(0, 0.5), { nil: null }),
    topP: fc.option(fc.constantFrom(0.1, 0.9), { nil: null }),
    userId: fc.option(said, { nil: null }),
    parallelTools: fc.boolean(),
    toolChoice: fc.constantFrom('auto' as const, 'none' as const, 'required' as const, { name: 'f' }),
    stream: fc.boolean(),
    last: text,
  })
  .map(
    ({ turns, last, parallelTools, ...rest }): Conversation => ({
      ...emptyConversation('chat'),
      ...rest,
      model: 'm',
      maxTokens: 50,
      // Where no tool may be called, messages have no place for it.
      parallelTools: rest.toolChoice === 'none' ? null : parallelTools,
      tools: [{ name: 'f', description: 'does', schema: { type: 'object', properties: {} }, strict: null }],
      turns: [...turns, { role: 'user', parts: [last] }],
    }),
  )

const meaning = ({ dialect: _dialect, dropped: _dropped, tools, ...rest }: Conversation) => ({
  ...rest,
  tools: tools.map(tool => ({ ...tool, strict: ('strict' in tool && tool.strict) ?? false })),
  turns: rest.turns.map(turn => ({
    ...turn,
    parts: turn.parts.map(part => (part.type === 'image' ? { ...part, detail: null } : part)),
  })),
})

describe('requests', () => {
  test.each(TRANSLATED_DIALECTS)('%s keeps what a conversation means', dialect => {
    const { readRequest, writeRequest } = TRANSLATIONS[dialect]
    fc.assert(
      fc.property(conversations, conversation => {
        const read = readRequest(writeRequest(conversation, OPTIONS))
        expect(meaning(read)).toEqual(meaning(conversation))
      }),
      { numRuns: 200 },
    )
  })

  test('chat through messages and back is the same chat', () => {
    fc.assert(
      fc.property(conversations, conversation => {
        const { chat, messages } = TRANSLATIONS
        const first = chat.writeRequest(conversation, OPTIONS)
        const there = messages.writeRequest(chat.readRequest(first), OPTIONS)
        expect(chat.writeRequest(messages.readRequest(there), OPTIONS)).toEqual(first)
      }),
      { numRuns: 200 },
    )
  })
})

const event: fc.Arbitrary<StreamEvent> = fc.oneof(
  fc.record({ type: fc.constantFrom('text' as const, 'thinking' as const), text: fc.string() }),
  fc.record({ type: fc.constant('toolStart' as const), index: fc.nat(2), id: fc.uuid(), name: said }),
  fc.record({ type: fc.constant('toolArguments' as const), index: fc.nat(2), text: said }),
  fc.record({ type: fc.constant('toolEnd' as const), index: fc.nat(2) }),
  fc.constant({ type: 'stop' as const, reason: 'end' as const, stopSequence: null }),
)

/** The pieces that belong to something, in order. */
function possible(events: StreamEvent[]): StreamEvent[] {
  const seen = new Set<number>()
  const open = new Set<number>()
  return events.filter(one => {
    if (one.type === 'toolStart') {
      if (seen.has(one.index)) return false
      seen.add(one.index)
      open.add(one.index)
    } else if (one.type === 'toolArguments') return open.has(one.index)
    else if (one.type === 'toolEnd') return open.delete(one.index)
    return true
  })
}

/** What an answer says: texts in order, and each call with its arguments. */
function gist(events: StreamEvent[]) {
  const calls = new Map<number, { id: string; name: string; text: string }>()
  let words = ''
  for (const one of events) {
    if (one.type === 'text') words += one.text
    if (one.type === 'toolStart') calls.set(one.index, { id: one.id, name: one.name, text: '' })
    const call = one.type === 'toolArguments' ? calls.get(one.index) : undefined
    if (call && one.type === 'toolArguments') call.text += one.text
  }
  return { words, calls: [...calls.values()].map(call => ({ ...call, text: call.text || '{}' })) }
}

describe.each(TRANSLATED_DIALECTS)('a stream of %s', dialect => {
  test('of any events can be read back whole, one block open at a time', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), generated => {
        const events = possible(generated)
        const writer = TRANSLATIONS[dialect].eventWriter(false)
        const written = events.map(one => writer.write(one)).join('') + writer.finish()
        const frames = written
          .split('\n\n')
          .slice(0, -1)
          .map(frame => frame.slice(frame.indexOf('data: ') + 6))
        const reader = TRANSLATIONS[dialect].eventReader()
        expect(gist(frames.flatMap(frame => reader.read(frame)))).toEqual(gist(events))
        if (dialect === 'messages') checkBlocks(frames)
        if (dialect === 'responses') {
          expect(frames.map(frame => JSON.parse(frame).sequence_number)).toEqual(frames.map((_, index) => index))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('refuses a piece of a call that is not open', () => {
    const writer = TRANSLATIONS[dialect].eventWriter(false)
    expect(() => writer.write({ type: 'toolArguments', index: 0, text: '{' })).toThrow(SyntaxError)
  })
})

function checkBlocks(frames: string[]): void {
  let open: number | null = null
  const types = frames.map(frame => JSON.parse(frame) as { type: string; index?: number })
  for (const { type, index } of types) {
    if (type === 'content_block_start') {
      expect(open).toBeNull()
      open = index ?? null
    } else if (type === 'content_block_delta') expect(index).toBe(open)
    else if (type === 'content_block_stop') open = null
  }
  expect(open).toBeNull()
  expect(types[0]?.type).toBe('message_start')
  expect(types.at(-1)?.type).toBe('message_stop')
}
