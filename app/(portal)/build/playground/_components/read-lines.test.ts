import { expect, test } from 'vitest'
import { readLines } from './read-lines.ts'

function bodyOf(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
      controller.close()
    },
  })
}

test.each([1, 3, 7, 1000])('values come whole when the body is cut every %i bytes', async size => {
  const events = [{ type: 'text', text: 'Grüße\n' }, { type: 'text', text: '"{}"' }, { type: 'end' }]
  const text = events.map(event => JSON.stringify(event)).join('\n')
  const read: unknown[] = []
  for await (const event of readLines(bodyOf(new TextEncoder().encode(text), size))) read.push(event)
  expect(read).toEqual(events)
})
