import Anthropic from '@anthropic-ai/sdk'
import fc from 'fast-check'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { TRANSLATED_DIALECTS, type TranslatedDialect } from '#core/translation/conversation.ts'
import { TRANSLATIONS } from '#core/translation/translated-dialects.ts'
import { SseFrames } from '#gateway/upstream/sse-frames.ts'
import { cutAt, type DrawnAnswer, drawnAnswers } from '#test/conversations.ts'
import { readUsage } from './answer-usage.ts'
import { ChatStream } from './chat-stream.ts'
import { MessagesStream } from './messages-stream.ts'
import { ResponsesStream } from './responses-stream.ts'
import { StreamTranslation } from './translation.ts'

const PAIRS = TRANSLATED_DIALECTS.flatMap(to =>
  TRANSLATED_DIALECTS.filter(from => from !== to).map(from => ({ to, from })),
)
const READERS = {
  chat: () => new ChatStream(false, 1),
  messages: () => new MessagesStream(),
  responses: () => new ResponsesStream(),
}

/** The answer as a provider of that dialect streams it. */
function streamed(dialect: TranslatedDialect, { events }: DrawnAnswer, lineEnd: string): Buffer {
  const writer = TRANSLATIONS[dialect].eventWriter(true)
  const text = events.map(event => writer.write(event)).join('') + writer.finish()
  return Buffer.from(text.replaceAll('\n', lineEnd))
}

/** What the relay does with the chunks of a stream: frames, their verdicts, their translation. */
function translated(
  to: TranslatedDialect,
  from: TranslatedDialect,
  chunks: Buffer[],
): { text: string; usage: unknown } {
  const frames = new SseFrames()
  const reader = READERS[to]()
  const translation = new StreamTranslation(TRANSLATIONS[to].eventReader(), TRANSLATIONS[from].eventWriter(true))
  const out: Buffer[] = []
  for (const { data } of chunks.flatMap(chunk => frames.push(chunk))) {
    if (data === null) continue
    const verdict = reader.read(data)
    expect(verdict).not.toBe('error')
    out.push(translation.push(data))
    if (verdict === 'end') out.push(translation.finish())
  }
  expect(frames.pending).toBe(0)
  return {
    text: Buffer.concat(out).toString('utf8'),
    usage: readUsage(to === 'messages' ? 'anthropic' : 'openai', reader.usage),
  }
}

/** An SDK whose server is the given stream, in chunks of its own. */
function answering(text: string, places: readonly number[]): typeof fetch {
  return async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of cutAt(Buffer.from(text), places)) if (chunk.length > 0) controller.enqueue(chunk)
        controller.close()
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}

const ASK = [{ role: 'user' as const, content: 'x' }]
const TOOLS = ['weather', 'search', 'tool-3']

/** What the vendor's own SDK makes of a stream. */
const ACCUMULATED: Readonly<
  Record<TranslatedDialect, (fetching: typeof fetch) => Promise<Pick<DrawnAnswer, 'text' | 'calls'>>>
> = {
  async chat(fetching) {
    const client = new OpenAI({ apiKey: 'x', fetch: fetching, maxRetries: 0 })
    const tools = TOOLS.map(name => ({ type: 'function' as const, function: { name } }))
    const { choices } = await client.chat.completions.stream({ model: 'm', messages: ASK, tools }).finalChatCompletion()
    const message = choices[0]?.message
    const calls = (message?.tool_calls ?? []).flatMap(call =>
      call.type === 'function'
        ? [{ id: call.id, name: call.function.name, arguments: JSON.parse(call.function.arguments) }]
        : [],
    )
    expect(choices[0]?.finish_reason).toBe(calls.length > 0 ? 'tool_calls' : 'stop')
    return { text: message?.content ?? '', calls }
  },
  async messages(fetching) {
    const client = new Anthropic({ apiKey: 'x', fetch: fetching, maxRetries: 0 })
    const final = await client.messages.stream({ model: 'm', max_tokens: 9, messages: ASK }).finalMessage()
    const calls = final.content.flatMap(block =>
      block.type === 'tool_use' ? [{ id: block.id, name: block.name, arguments: block.input }] : [],
    )
    expect(final.stop_reason).toBe(calls.length > 0 ? 'tool_use' : 'end_turn')
    return { text: final.content.map(block => (block.type === 'text' ? block.text : '')).join(''), calls }
  },
  async responses(fetching) {
    const client = new OpenAI({ apiKey: 'x', fetch: fetching, maxRetries: 0 })
    const final = await client.responses.stream({ model: 'm', input: 'x' }).finalResponse()
    expect(final.status).toBe('completed')
    const calls = final.output.flatMap(item =>
      item.type === 'function_call'
        ? [{ id: item.call_id, name: item.name, arguments: JSON.parse(item.arguments) }]
        : [],
    )
    return { text: final.output_text, calls }
  },
}

describe.each(PAIRS)('a stream of $to for a client of $from', ({ to, from }) => {
  const answers = drawnAnswers(to !== 'messages')
  const lineEnds = fc.constantFrom('\n', '\r\n')
  const places = fc.array(fc.nat(), { maxLength: 20 })

  test('is the same, with the same usage, wherever its bytes are cut and however its lines end', () => {
    fc.assert(
      fc.property(answers, lineEnds, places, (answer, lineEnd, cuts) => {
        const whole = translated(to, from, [streamed(to, answer, '\n')])
        const pieces = translated(to, from, cutAt(streamed(to, answer, lineEnd), cuts))
        expect(masked(pieces.text)).toBe(masked(whole.text))
        expect(pieces.usage).toEqual(whole.usage)
        const { input, cachedInput, output, reasoning } = pieces.usage as Record<string, number>
        const reported = answer.events.find(event => event.type === 'usage')
        expect(reported).toMatchObject({ usage: { input, cachedInput, output, reasoning } })
      }),
      { numRuns: 150 },
    )
  })

  test('is what the vendor’s own SDK takes for the whole answer', async () => {
    await fc.assert(
      fc.asyncProperty(answers, places, async (answer, cuts) => {
        const { text } = translated(to, from, [streamed(to, answer, '\n')])
        const made = await ACCUMULATED[from](answering(text, cuts))
        expect(made.text).toBe(answer.text)
        expect(made.calls).toEqual(JSON.parse(JSON.stringify(answer.calls)))
      }),
      { numRuns: 60 },
    )
  })
})

/** Messages carry no time of creation, so it is that of the reading. */
function masked(text: string): string {
  return text.replace(/"created(_at)?":\d+/g, '')
}
