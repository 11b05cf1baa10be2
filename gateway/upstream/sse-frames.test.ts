import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SseFrames } from './sse-frames.ts'

const line = fc.string({ maxLength: 30, unit: 'grapheme' }).map(text => text.replace(/[\r\n]/g, '.'))

/** Frames as servers write them: one or more data lines, an optional event line, either line end. */
const frame = fc
  .record({
    event: fc.option(line),
    data: fc.array(line, { minLength: 1, maxLength: 3 }),
    end: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ event, data, end }) => {
    const lines = [...(event === null ? [] : [`event: ${event}`]), ...data.map(one => `data: ${one}`)]
    return { text: `${lines.join(end)}${end}${end}`, data: data.join('\n') }
  })

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map(place => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
}

describe('SseFrames', () => {
  test('gives the same frames wherever the chunks are cut, and every byte of them', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 12 }), (frames, places) => {
        const bytes = Buffer.from(frames.map(one => one.text).join(''))
        const splitter = new SseFrames()
        const found = cut(bytes, places).flatMap(chunk => splitter.push(chunk))
        expect(found.map(one => one.data)).toEqual(frames.map(one => one.data))
        expect(Buffer.concat(found.map(one => one.bytes)).equals(bytes)).toBe(true)
        expect(splitter.pending).toBe(0)
      }),
    )
  })

  test('a comment has no data, and a last frame without its empty line is still one', () => {
    const splitter = new SseFrames()
    expect(splitter.push(Buffer.from(': ping\n\ndata: [DO')).map(one => one.data)).toEqual([null])
    expect(splitter.push(Buffer.from('NE]'))).toEqual([])
    expect(splitter.rest()?.data).toBe('[DONE]')
  })
})
