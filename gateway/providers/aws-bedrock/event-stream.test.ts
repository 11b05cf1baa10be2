import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventMessage } from '#test/vendors/aws-bedrock.ts'
import { CONVERSE } from './converse.ts'
import { EventStreamDecoder } from './event-stream.ts'

const message = fc.record({
  type: fc.stringMatching(/^[a-zA-Z]{1,20}$/),
  kind: fc.constantFrom('event' as const, 'exception' as const),
  body: fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 300 }) }),
})

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map(place => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
}

const decoder = () => new EventStreamDecoder(one => `${JSON.stringify(one)}\n`)
const read = (chunks: readonly Buffer[]) => {
  const reader = decoder()
  return Buffer.concat(chunks.map(chunk => reader.push(chunk))).toString()
}

describe('a binary event stream', () => {
  test('gives the same messages wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 20 }), (messages, places) => {
        const bytes = Buffer.concat(messages.map(({ type, body, kind }) => eventMessage(type, body, kind)))
        const expected = messages.map(one => ({ kind: one.kind, type: one.type, body: JSON.stringify(one.body) }))
        expect(read(cut(bytes, places))).toBe(expected.map(one => `${JSON.stringify(one)}\n`).join(''))
      }),
    )
  })

  test('gives the same messages byte by byte', () => {
    const bytes = Buffer.concat([eventMessage('chunk', { text: 'ä€𝄞' }), eventMessage('x', {}, 'exception')])
    expect(read([...bytes].map(byte => Buffer.from([byte])))).toBe(read([bytes]))
  })

  test('with a bit that flipped is not read as anything', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.integer({ min: 0, max: 7 }), ({ type, body, kind }, place, bit) => {
        const bytes = eventMessage(type, body, kind)
        const at = place % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        // A flipped length may ask for more bytes than come: then nothing is given, and the stream is incomplete.
        expect(tryRead(bytes)).toBe('')
      }),
    )
  })

  test('whose messages are impossibly short or long is not waited for', () => {
    for (const length of [0, 15, 2 ** 31]) {
      const prelude = Buffer.alloc(12)
      prelude.writeUInt32BE(length)
      expect(() => decoder().push(prelude)).toThrow(RangeError)
    }
  })
})

function tryRead(bytes: Buffer): string {
  try {
    return read([bytes])
  } catch {
    return ''
  }
}

test('a stream of Converse without its metadata has no end', () => {
  const stream = CONVERSE.stream?.('m')
  const events = [
    eventMessage('messageStart', { role: 'assistant' }),
    eventMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hello' } }),
    eventMessage('messageStop', { stopReason: 'end_turn' }),
  ]
  const text = events.map(event => stream?.push(event).toString()).join('')
  expect(text).toContain('Hello')
  expect(text).not.toContain('finish_reason":"stop')
  expect(text).not.toContain('[DONE]')
  const end = eventMessage('metadata', { usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 } })
  expect(stream?.push(end).toString()).toMatch(/"finish_reason":"stop".*"prompt_tokens":3.*\[DONE\]/s)
})
