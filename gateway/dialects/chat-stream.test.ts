import { expect, test } from 'vitest'
import { ContentMemory } from '#gateway/content/content-memory.ts'
import { StreamedAnswer } from '#gateway/content/streamed-answer.ts'
import { ChatStream } from './chat-stream.ts'

/** A reader that keeps what was said, after these chunks. */
function after(...chunks: object[]): ChatStream & { kept: StreamedAnswer } {
  const stream = Object.assign(new ChatStream(true, 1), {
    kept: new StreamedAnswer(new ContentMemory(1 << 20)),
  })
  for (const chunk of chunks) stream.read(JSON.stringify(chunk))
  return stream
}

const delta = (of: object, more: object = {}) => ({ choices: [{ index: 0, delta: of, ...more }] })
const call = (id: string, text: string) => ({ index: 0, id, function: { name: 'weather', arguments: text } })

test('thoughts count and are kept under either name', () => {
  const stream = after(delta({ reasoning: 'Hm, ' }), delta({ reasoning_content: 'yes.' }))
  expect(stream.generated).toBe(8)
  expect(stream.kept.parts()).toEqual([{ type: 'thinking', choice: 0, text: 'Hm, yes.' }])
})

test('calls that share an index are kept apart', () => {
  const more = { index: 0, function: { arguments: '}' } }
  const stream = after(
    delta({ tool_calls: [call('a', '{"a":1}')] }),
    delta({ tool_calls: [call('b', '{')] }),
    delta({ tool_calls: [more] }),
  )
  expect(stream.kept.parts()).toMatchObject([
    { id: 'a', arguments: '{"a":1}' },
    { id: 'b', arguments: '{}' },
  ])
})

test('usage counts where it stands in the last choice only', () => {
  const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 }
  expect(after(delta({}, { finish_reason: 'stop', usage })).usage).toEqual(usage)
})
