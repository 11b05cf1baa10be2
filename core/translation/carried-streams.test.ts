import { describe, expect, test } from 'vitest'
import type { Json } from '#test/translations.ts'
import type { TranslatedDialect } from './conversation.ts'
import { TRANSLATIONS } from './translated-dialects.ts'

/** The events that a client of one dialect gets for those of another. */
function translated(from: TranslatedDialect, to: TranslatedDialect, events: Json[]): Json[] {
  const [reader, writer] = [TRANSLATIONS[from].eventReader(), TRANSLATIONS[to].eventWriter(true)]
  const steps = events.flatMap(event => reader.read(JSON.stringify(event)))
  const text = steps.map(step => writer.write(step)).join('') + writer.finish()
  return text
    .split('\n\n')
    .flatMap(frame => /data: (.*)/.exec(frame)?.[1] ?? [])
    .filter(data => data !== '[DONE]')
    .map(data => JSON.parse(data) as Json)
}

/** The whole response that the last event of a stream tells. */
function lastResponse(events: Json[]): unknown {
  return events.at(-1)?.response
}

function deltas(events: Json[]): Json[] {
  return events.flatMap(event => (event.choices as { delta: Json }[]).map(choice => choice.delta))
}

const chunk = (delta: Json, more: Json = {}) => ({ id: 'chatcmpl-1', choices: [{ index: 0, delta, ...more }] })
const ended = (finish_reason: string) => chunk({}, { finish_reason })
const block = (index: number, content_block: Json) => ({ type: 'content_block_start', index, content_block })
const piece = (index: number, delta: Json) => ({ type: 'content_block_delta', index, delta })
const stop = (index: number) => ({ type: 'content_block_stop', index })
const START = {
  type: 'message_start',
  message: { id: 'msg_1', model: 'm', usage: { input_tokens: 1, output_tokens: 1 } },
}
const END = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } }

describe('citations', () => {
  const page = { url: 'https://example.com', title: 'Example' }
  const place = { start_index: 5, end_index: 9 }

  test('of a chat completion', () => {
    const annotations = [{ type: 'url_citation', url_citation: { ...page, ...place } }]
    const events = [chunk({ content: 'See: this' }), chunk({ annotations }), ended('stop')]
    expect(lastResponse(translated('chat', 'responses', events))).toMatchObject({
      output: [{ content: [{ text: 'See: this', annotations: [{ type: 'url_citation', ...page, ...place }] }] }],
    })
    const messages = translated('chat', 'messages', events)
    expect(messages).toContainEqual(
      piece(0, { type: 'citations_delta', citation: expect.objectContaining({ ...page, cited_text: 'this' }) }),
    )
  })

  test('of a message, counted over all of its text', () => {
    const citation = { type: 'web_search_result_location', cited_text: 'x', ...page }
    const events = [
      START,
      block(0, { type: 'text', text: '' }),
      piece(0, { type: 'text_delta', text: 'See: ' }),
      stop(0),
      block(1, { type: 'text', text: '' }),
      piece(1, { type: 'text_delta', text: 'this' }),
      piece(1, { type: 'citations_delta', citation }),
      stop(1),
      END,
    ]
    expect(deltas(translated('messages', 'chat', events))).toContainEqual({
      annotations: [{ type: 'url_citation', url_citation: { ...page, ...place } }],
    })
  })
})

test('log probabilities go both ways between the dialects of OpenAI', () => {
  const [first, second] = ['hi', ' you'].map(token => ({ token, logprob: -0.1, bytes: null, top_logprobs: [] }))
  const events = [
    chunk({ content: 'hi' }, { logprobs: { content: [first] } }),
    chunk({ content: ' you' }, { logprobs: { content: [second] } }),
    ended('stop'),
  ]
  const responses = translated('chat', 'responses', events)
  expect(lastResponse(responses)).toMatchObject({ output: [{ content: [{ logprobs: [first, second] }] }] })
  const back = translated('responses', 'chat', responses)
  const told = back.flatMap(
    event => (event.choices as { logprobs: { content: unknown[] } | null }[])[0]?.logprobs ?? [],
  )
  expect(told.flatMap(one => one.content)).toEqual([first, second])
})

test('a refusal stays one', () => {
  const events = [chunk({ refusal: 'I will ' }), chunk({ refusal: 'not.' }), ended('stop')]
  const responses = translated('chat', 'responses', events)
  expect(lastResponse(responses)).toMatchObject({
    output: [{ content: [{ type: 'refusal', refusal: 'I will not.' }] }],
  })
  expect(deltas(translated('responses', 'chat', responses)).flatMap(delta => delta.refusal ?? [])).toEqual([
    'I will ',
    'not.',
  ])
  expect(translated('chat', 'messages', events)).toContainEqual(
    expect.objectContaining({ delta: { stop_reason: 'refusal', stop_sequence: null } }),
  )
})

test('thoughts keep their signatures through responses', () => {
  const events = [
    START,
    block(0, { type: 'thinking', thinking: '', signature: '' }),
    piece(0, { type: 'thinking_delta', thinking: 'hm' }),
    piece(0, { type: 'signature_delta', signature: 'sig' }),
    stop(0),
    block(1, { type: 'redacted_thinking', data: 'enc' }),
    stop(1),
    block(2, { type: 'text', text: '' }),
    piece(2, { type: 'text_delta', text: 'ok' }),
    stop(2),
    END,
  ]
  const responses = translated('messages', 'responses', events)
  expect(lastResponse(responses)).toMatchObject({
    output: [
      { type: 'reasoning', summary: [{ text: 'hm' }], encrypted_content: expect.stringMatching(/sig$/) },
      { type: 'reasoning', summary: [], encrypted_content: expect.stringMatching(/enc$/) },
      { type: 'message', content: [{ text: 'ok' }] },
    ],
  })
  const back = translated('responses', 'messages', responses)
  expect(back).toContainEqual(piece(0, { type: 'signature_delta', signature: 'sig' }))
  expect(back).toContainEqual(block(1, { type: 'redacted_thinking', data: 'enc' }))
  expect(deltas(translated('messages', 'chat', events))).toContainEqual({ reasoning_content: 'hm' })
})

test.each([
  ['pause_turn', 'length', 'response.incomplete'],
  ['refusal', 'content_filter', 'response.incomplete'],
  ['max_tokens', 'length', 'response.incomplete'],
  ['stop_sequence', 'stop', 'response.completed'],
])('a message that ends by %s', (reason, finish, type) => {
  const events = [START, { ...END, delta: { stop_reason: reason } }]
  expect(translated('messages', 'chat', events)).toContainEqual(
    expect.objectContaining({ choices: [expect.objectContaining({ finish_reason: finish })] }),
  )
  expect(translated('messages', 'responses', events).at(-1)?.type).toBe(type)
})
