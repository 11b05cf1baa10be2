import { describe, expect, test } from 'vitest'
import { answered, type Json, written } from '#test/translations.ts'
import { UnknownContentError } from './answer-fields.ts'
import type { TranslatedDialect } from './conversation.ts'
import { TRANSLATIONS } from './translated-dialects.ts'

describe('thoughts', () => {
  const thought = { type: 'thinking', thinking: 'hm', signature: 'sig' }
  const hidden = { type: 'redacted_thinking', data: 'enc' }
  const message = { id: 'msg_1', content: [thought, hidden, { type: 'text', text: 'ok' }], stop_reason: 'end_turn' }

  test('come back signed through a client of responses', () => {
    const response = answered('messages', 'responses', message)
    expect(response.output).toMatchObject([
      { type: 'reasoning', summary: [{ text: 'hm' }], encrypted_content: expect.stringContaining('sig') },
      { type: 'reasoning', summary: [], encrypted_content: expect.stringContaining('enc') },
      { type: 'message' },
    ])
    const input = [{ role: 'user', content: 'x' }, ...(response.output as Json[]), { role: 'user', content: 'y' }]
    const { request, dropped } = written('responses', 'messages', { input })
    expect(request.messages).toMatchObject([{}, { content: [thought, hidden, { text: 'ok' }] }, {}])
    expect(dropped).toEqual([])
    const foreign = { type: 'reasoning', summary: [], encrypted_content: 'gAAAA' }
    expect(written('responses', 'messages', { input: [foreign, { role: 'user', content: 'y' }] }).dropped).toEqual([
      'thinking',
    ])
  })

  test('are told to clients of chat completions, which have no place for signatures', () => {
    expect(answered('messages', 'chat', message)).toMatchObject({
      choices: [{ message: { reasoning_content: 'hm', content: 'ok' } }],
    })
  })
})

describe('answers', () => {
  const citation = { start_index: 0, end_index: 2, url: 'https://example.com', title: 'Example' }
  const logprobs = [{ token: 'hi', logprob: -0.1, bytes: [104, 105], top_logprobs: [] }]
  const chat = (message: Json, finish_reason = 'stop', more: Json = {}) => ({
    id: 'chatcmpl-1',
    choices: [{ index: 0, message, finish_reason, ...more }],
  })

  test('carry citations and log probabilities', () => {
    const said = { content: 'hi there', annotations: [{ type: 'url_citation', url_citation: citation }] }
    const body = chat(said, 'stop', { logprobs: { content: logprobs } })
    expect(answered('chat', 'responses', body).output).toMatchObject([
      { content: [{ text: 'hi there', annotations: [{ type: 'url_citation', ...citation }], logprobs }] },
    ])
    expect(answered('chat', 'messages', body).content).toMatchObject([
      { text: 'hi there', citations: [{ url: 'https://example.com', title: 'Example', cited_text: 'hi' }] },
    ])
    const response = answered('chat', 'responses', body)
    expect(answered('responses', 'chat', response)).toMatchObject({ choices: body.choices })
    const cited = [{ type: 'web_search_result_location', url: 'https://e.com', title: 'E', cited_text: 'x' }]
    const blocks = [
      { type: 'text', text: 'See: ' },
      { type: 'text', text: 'this', citations: cited },
    ]
    expect(answered('messages', 'chat', { content: blocks, stop_reason: 'end_turn' })).toMatchObject({
      choices: [{ message: { annotations: [{ url_citation: { start_index: 5, end_index: 9 } }] } }],
    })
  })

  test('carry refusals as what they are', () => {
    const body = chat({ content: null, refusal: 'No.' })
    const response = answered('chat', 'responses', body)
    expect(response).toMatchObject({
      status: 'completed',
      output: [{ content: [{ type: 'refusal', refusal: 'No.' }] }],
    })
    expect(answered('responses', 'chat', response)).toMatchObject({
      choices: [{ finish_reason: 'stop', message: { content: null, refusal: 'No.' } }],
    })
    expect(answered('chat', 'messages', body)).toMatchObject({ stop_reason: 'refusal', content: [{ text: 'No.' }] })
  })

  test.each([
    ['stop', 'end_turn', 'completed'],
    ['length', 'max_tokens', 'incomplete'],
    ['content_filter', 'refusal', 'incomplete'],
    ['a reason that nobody knows', 'max_tokens', 'incomplete'],
  ])('of chat completions that end by %s', (reason, stopReason, status) => {
    expect(answered('chat', 'messages', chat({ content: 'x' }, reason)).stop_reason).toBe(stopReason)
    expect(answered('chat', 'responses', chat({ content: 'x' }, reason)).status).toBe(status)
  })

  test.each([
    ['end_turn', 'stop', 'completed'],
    ['stop_sequence', 'stop', 'completed'],
    ['max_tokens', 'length', 'incomplete'],
    ['model_context_window_exceeded', 'length', 'incomplete'],
    ['refusal', 'content_filter', 'incomplete'],
    ['pause_turn', 'length', 'incomplete'],
  ])('of messages that end by %s', (reason, finish, status) => {
    const body = { content: [{ type: 'text', text: 'x' }], stop_reason: reason }
    expect(answered('messages', 'chat', body)).toMatchObject({ choices: [{ finish_reason: finish }] })
    expect(answered('messages', 'responses', body).status).toBe(status)
  })

  test('whose arguments the limit cut off are told as cut, not as broken', () => {
    const call = { id: 'c', type: 'function', function: { name: 'a', arguments: '{"x":' } }
    const message = { content: null, tool_calls: [call] }
    expect(answered('chat', 'messages', chat(message, 'length'))).toMatchObject({ stop_reason: 'max_tokens' })
    expect(() => answered('chat', 'messages', chat(message, 'tool_calls'))).toThrow(SyntaxError)
  })

  test('in parts, as some servers send them', () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
      { type: 'text', text: 'ok' },
    ]
    expect(answered('chat', 'messages', chat({ content })).content).toMatchObject([{ thinking: 'hm' }, { text: 'ok' }])
  })

  test.each<[TranslatedDialect, Json]>([
    ['chat', chat({ content: 'x', audio: { id: 'a' } })],
    ['chat', chat({ content: [{ type: 'reference', reference_ids: [1] }] })],
    ['messages', { content: [{ type: 'server_tool_use', id: 'x', name: 'web_search', input: {} }] }],
    ['messages', { content: [{ type: 'brand_new' }] }],
    ['responses', { output: [{ type: 'web_search_call', id: 'x' }] }],
    ['responses', { output: [{ type: 'message', content: [{ type: 'brand_new' }] }] }],
  ])('of %s with content that has no place elsewhere are no answers', (dialect, body) => {
    for (const to of ['chat', 'messages', 'responses'] as const) {
      if (to !== dialect) expect(() => answered(dialect, to, body)).toThrow(UnknownContentError)
    }
  })
})

describe('streams with content that has no place elsewhere', () => {
  test.each<[TranslatedDialect, Json]>([
    ['chat', { choices: [{ index: 0, delta: { audio: { data: 'x' } } }] }],
    ['chat', { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, type: 'brand_new' }] } }] }],
    ['messages', { type: 'content_block_start', index: 0, content_block: { type: 'web_search_tool_result' } }],
    ['messages', { type: 'content_block_delta', index: 0, delta: { type: 'brand_new_delta' } }],
    ['responses', { type: 'response.output_item.added', output_index: 0, item: { type: 'image_generation_call' } }],
    ['responses', { type: 'response.audio.delta', delta: 'x' }],
    ['responses', { type: 'response.completed', response: { output: [{ type: 'brand_new' }] } }],
  ])('of %s end in an error', (dialect, event) => {
    expect(() => TRANSLATIONS[dialect].eventReader().read(JSON.stringify(event))).toThrow(UnknownContentError)
  })

  test.each<[TranslatedDialect, Json]>([
    ['messages', { type: 'ping' }],
    ['messages', { type: 'brand_new_event' }],
    ['responses', { type: 'response.queued' }],
    ['chat', { choices: [], provider: 'x' }],
  ])('of %s go on after an event that holds none', (dialect, event) => {
    const events = TRANSLATIONS[dialect].eventReader().read(JSON.stringify(event))
    expect(events.every(one => one.type === 'start')).toBe(true)
  })
})

describe('parallel calls in a stream of chat completions', () => {
  const chunks = (calls: [number, string][]) =>
    calls.map(([index, text]) => {
      const begins = text === '' ? { id: `c${index}`, type: 'function' } : {}
      const call = { index, ...begins, function: { ...(text === '' && { name: 'f' }), arguments: text } }
      return JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [call] } }] })
    })
  const write = (to: TranslatedDialect, data: string[]) => {
    const [reader, writer] = [TRANSLATIONS.chat.eventReader(), TRANSLATIONS[to].eventWriter(false)]
    return data.map(one => reader.read(one).reduce((text, event) => text + writer.write(event), ''))
  }

  test('reach a client of responses piece by piece, mixed as they come', () => {
    const [, , first, second, third] = write(
      'responses',
      chunks([
        [0, ''],
        [1, ''],
        [1, '{"a"'],
        [0, '{}'],
        [1, ':1}'],
      ]),
    )
    expect(first).toContain('"output_index":1')
    expect(second).toContain('"output_index":0')
    expect(third).toContain('"output_index":1')
  })

  test('reach a client of messages as soon as the call before is whole', () => {
    const pieces = chunks([
      [0, ''],
      [0, '{"a":1}'],
      [1, ''],
      [1, '{"b"'],
      [0, ' '],
      [1, ':2}'],
    ])
    const [, , begun, piece, , last] = write('messages', pieces)
    expect(begun).toMatch(/content_block_stop[\s\S]*content_block_start[\s\S]*"index":1/)
    expect(piece).toContain('{\\"b\\"')
    expect(last).toContain(':2}')
    expect(() => write('messages', [...pieces, ...chunks([[0, '}']])])).toThrow(SyntaxError)
  })
})
