import { describe, expect, test } from 'vitest'
import { answered, type Json, written } from '#test/translations.ts'
import type { TranslatedDialect } from './conversation.ts'
import { TRANSLATIONS } from './translated-dialects.ts'

const fn = (name: string, text: string) => ({ name, arguments: text })
const call = (id: string, name = 'look') => ({ id, type: 'function', function: fn(name, '{}') })
const called = (...ids: string[]): Json => ({
  messages: [
    { role: 'user', content: 'go' },
    { role: 'assistant', content: '\n\n', tool_calls: ids.map(id => call(id)) },
    ...ids.map(id => ({ role: 'tool', tool_call_id: id, content: 'done' })),
  ],
})

/** A stream of chat chunks as the client of another dialect gets it. */
function streamed(to: TranslatedDialect, chunks: object[]): string {
  const [reader, writer] = [TRANSLATIONS.chat.eventReader(), TRANSLATIONS[to].eventWriter(true)]
  const events = chunks.flatMap(chunk => reader.read(JSON.stringify(chunk)))
  return events.map(event => writer.write(event)).join('') + writer.finish()
}

const chunk = (delta: object, more: object = {}) => ({ id: 'chatcmpl-1', choices: [{ index: 0, delta, ...more }] })
const argumentsIn = (text: string) => [...text.matchAll(/"partial_json":"((?:[^"\\]|\\.)*)"/g)].map(([, json]) => json)

describe('an answer with calls whose finish reason is "stop", as of a forced call,', () => {
  test('waits for their results in messages', () => {
    const message = { role: 'assistant', content: null, tool_calls: [call('c1')] }
    const answer = answered('chat', 'messages', { id: 'x', choices: [{ index: 0, message, finish_reason: 'stop' }] })
    expect(answer).toMatchObject({ stop_reason: 'tool_use', content: [{ type: 'tool_use', id: 'c1' }] })
  })

  test('waits for them in a stream', () => {
    const text = streamed('messages', [
      chunk({ tool_calls: [{ index: 0, ...call('c1') }] }),
      chunk({}, { finish_reason: 'stop' }),
    ])
    expect(text).toContain('"stop_reason":"tool_use"')
  })
})

describe('streamed calls', () => {
  test('that all have the index 0 are told apart by their ids, as Gemini sends them', () => {
    const one = (id: string, city: string) =>
      chunk({ tool_calls: [{ index: 0, id, type: 'function', function: fn('weather', JSON.stringify({ city })) }] })
    const text = streamed('messages', [one('a', 'Oslo'), one('b', 'Rome'), chunk({}, { finish_reason: 'stop' })])
    expect(argumentsIn(text)).toEqual([String.raw`{\"city\":\"Oslo\"}`, String.raw`{\"city\":\"Rome\"}`])
    expect(text.match(/"type":"tool_use"/g)).toHaveLength(2)
  })

  test('that repeat their id and name with each piece are one', () => {
    const one = (piece: string) => chunk({ tool_calls: [{ index: 0, id: 'a', function: fn('weather', piece) }] })
    const text = streamed('messages', [one('{"city":'), one('"Oslo"}'), chunk({}, { finish_reason: 'tool_calls' })])
    expect(text.match(/"type":"tool_use"/g)).toHaveLength(1)
    expect(argumentsIn(text).join('')).toBe(String.raw`{\"city\":\"Oslo\"}`)
  })

  test.each(['messages', 'responses'] as const)('without ids get them in %s, each its own', to => {
    const one = (index: number) => chunk({ tool_calls: [{ index, id: '', function: fn('weather', '{}') }] })
    const ids = [...streamed(to, [one(0), one(1)]).matchAll(/"(?:call_id|id)":"(call_[0-9a-f]{32})"/g)]
    expect(new Set(ids.map(([, id]) => id)).size).toBe(2)
  })

  test('whose arguments are an object and no text are understood, whole and streamed', () => {
    const sent = { id: 'a', type: 'function', function: { name: 'weather', arguments: { city: 'Oslo' } } }
    const message = { content: null, tool_calls: [sent] }
    const whole = answered('chat', 'messages', { choices: [{ message, finish_reason: 'tool_calls' }] })
    expect(whole).toMatchObject({ content: [{ type: 'tool_use', input: { city: 'Oslo' } }] })
    const text = streamed('messages', [chunk({ tool_calls: [{ index: 0, ...sent }] })])
    expect(argumentsIn(text)).toEqual([String.raw`{\"city\":\"Oslo\"}`])
  })

  test('tell their usage in the last choice, as Moonshot does', () => {
    const usage = { prompt_tokens: 19, completion_tokens: 13, total_tokens: 32, cached_tokens: 12 }
    const text = streamed('messages', [chunk({ content: 'Hi' }), chunk({}, { finish_reason: 'stop', usage })])
    expect(text).toMatch(/"input_tokens":7,.*"cache_read_input_tokens":12,.*"output_tokens":13/)
  })
})

describe('ids of calls', () => {
  test('that Anthropic would refuse become others, the same for a call and its result', () => {
    const { request } = written('chat', 'messages', called('functions.look:0', 'functions.look:1', 'call_1'))
    const [, assistant, user] = request.messages as { content: { id?: string; tool_use_id?: string }[] }[]
    const ids = assistant?.content.map(block => block.id) ?? []
    expect(ids).toEqual(user?.content.map(block => block.tool_use_id))
    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
    expect(ids).toContain('call_1')
  })

  test.each([
    ['chat', 40],
    ['responses', 64],
  ] as const)('that are too long for %s become shorter, the same for a call and its result', (to, most) => {
    const long = 'toolu_'.padEnd(most + 1, 'x')
    const block = { type: 'tool_use', id: long, name: 'look', input: {} }
    const result = { type: 'tool_result', tool_use_id: long, content: 'done' }
    const { request } = written('messages', to, {
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', content: [block] },
        { role: 'user', content: [result] },
      ],
    })
    const ids = [...JSON.stringify(request).matchAll(/"(?:id|tool_call_id|call_id)":"([^"]*)"/g)].map(([, id]) => id)
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]?.length).toBeLessThanOrEqual(most)
  })
})

test.each(['chat', 'responses'] as const)('an end user’s id that is too long for %s becomes its digest', to => {
  const told = (user_id: string) => written('messages', to, { messages: [], metadata: { user_id } }).request.user
  const long = JSON.stringify({ device_id: 'd'.repeat(64), session_id: 's' })
  expect(told(long)).toMatch(/^[0-9a-f]{64}$/)
  expect(told(long)).toBe(told(long))
  expect(told(`${long} `)).not.toBe(told(long))
  expect(told('u-1')).toBe('u-1')
})

test('blank text, which other models say before a call, is left out of messages', () => {
  const { request } = written('chat', 'messages', called('c1'))
  expect(request.messages).toMatchObject([{}, { content: [{ type: 'tool_use' }] }, {}])
})

test.each([
  ['chat', 'messages', { parameters: {} }],
  ['chat', 'responses', { parameters: { type: 'object' } }],
  ['chat', 'messages', { parameters: { $schema: 'x' } }],
] as const)('a tool of %s without arguments has a whole schema in %s', (from, to, about) => {
  const tools = [{ type: 'function', function: { name: 'now', ...about } }]
  const { request } = written(from, to, { messages: [], tools })
  const [tool] = request.tools as Json[]
  expect(tool?.input_schema ?? tool?.parameters).toMatchObject({ type: 'object', properties: {} })
})

test('a tool of messages without properties has them in chat completions', () => {
  const tools = [{ name: 'now', input_schema: { type: 'object' } }]
  const { request } = written('messages', 'chat', { messages: [], tools })
  expect(request.tools).toMatchObject([{ function: { parameters: { type: 'object', properties: {} } } }])
})

test('settings that say the default are left out of messages: newer models take one of the two, or neither', () => {
  const settings = (temperature: number, top_p: number) =>
    written('chat', 'messages', { messages: [], temperature, top_p }).request
  expect(settings(1, 1)).not.toHaveProperty('temperature')
  expect(settings(1, 1)).not.toHaveProperty('top_p')
  expect(settings(0, 1)).toMatchObject({ temperature: 0 })
  expect(settings(1, 0.5)).toMatchObject({ top_p: 0.5 })
})

test('files in the results of tools are shown right after them in chat completions, which take text only', () => {
  const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }
  const pdf = { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } }
  const result = (tool_use_id: string, content: unknown) => ({ type: 'tool_result', tool_use_id, content })
  const { request } = written('messages', 'chat', {
    messages: [
      { role: 'user', content: 'go' },
      { role: 'assistant', content: ['a', 'b'].map(id => ({ type: 'tool_use', id, name: 'look', input: {} })) },
      {
        role: 'user',
        content: [
          result('a', [{ type: 'text', text: 'seen' }, image]),
          result('b', [pdf]),
          { type: 'text', text: 'And?' },
        ],
      },
    ],
  })
  expect((request.messages as Json[]).slice(2)).toEqual([
    { role: 'tool', tool_call_id: 'a', content: 'seen\n(in the next message)' },
    { role: 'tool', tool_call_id: 'b', content: '(in the next message)' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Files in the result of a:' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        { type: 'text', text: 'Files in the result of b:' },
        { type: 'file', file: { filename: 'document', file_data: 'data:application/pdf;base64,JVBERi0=' } },
        { type: 'text', text: 'And?' },
      ],
    },
  ])
})

test('the parts of a summary are apart in a stream as they are in a whole answer', () => {
  const reader = TRANSLATIONS.responses.eventReader()
  const part = (summary_index: number, delta: string) => [
    { type: 'response.reasoning_summary_part.added', output_index: 0, summary_index },
    { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index, delta },
  ]
  const events = [...part(0, 'First'), ...part(1, 'Then')].flatMap(event => reader.read(JSON.stringify(event)))
  expect(events.map(event => (event.type === 'thinking' ? event.text : '')).join('')).toBe('First\nThen')
})
