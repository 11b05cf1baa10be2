import { describe, expect, test } from 'vitest'
import { UnknownContentError } from './answer-fields.ts'
import type { TranslatedDialect } from './conversation.ts'
import { TRANSLATIONS } from './translated-dialects.ts'
import { UntranslatableError } from './untranslatable.ts'

type Json = Record<string, unknown>
const OPTIONS = { model: 'm', maxTokens: 100, olderLimit: false }

/** A request in another dialect, with the names of what was dropped. */
function written(from: TranslatedDialect, to: TranslatedDialect, body: Json, options = OPTIONS) {
  const conversation = TRANSLATIONS[from].readRequest(body)
  const request = TRANSLATIONS[to].writeRequest(conversation, options) as Json
  return { request, dropped: [...conversation.dropped] }
}

function refused(from: TranslatedDialect, to: TranslatedDialect, body: Json): string | null {
  try {
    written(from, to, body)
    return null
  } catch (error) {
    if (error instanceof UntranslatableError) return error.param
    throw error
  }
}

const answered = (from: TranslatedDialect, to: TranslatedDialect, body: Json) =>
  TRANSLATIONS[to].writeAnswer(TRANSLATIONS[from].readAnswer(body)) as Json

const user = (content: unknown) => ({ messages: [{ role: 'user', content }] })
const PDF = 'data:application/pdf;base64,JVBERi0='
const PNG = 'data:image/png;base64,iVBORw0KGgo='
const TOOLS = { tools: ['a', 'b'].map(name => ({ type: 'function', function: { name } })) }

describe('what is carried from chat completions', () => {
  test('documents: PDF as data, plain text as text', () => {
    const file = (file_data: string, filename?: string) => user([{ type: 'file', file: { file_data, filename } }])
    expect(written('chat', 'messages', file(PDF, 'a.pdf')).request.messages).toEqual([
      {
        role: 'user',
        content: [
          {
            type: 'document',
            source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
            title: 'a.pdf',
          },
        ],
      },
    ])
    expect(written('chat', 'responses', file(PDF, 'a.pdf')).request.input).toMatchObject([
      { content: [{ type: 'input_file', filename: 'a.pdf', file_data: PDF }] },
    ])
    const plain = written('chat', 'messages', file('data:text/plain;charset=utf-8;base64,aMOp'))
    expect(plain.request.messages).toMatchObject([{ content: [{ source: { type: 'text', data: 'hé' } }] }])
    expect(refused('chat', 'messages', file('data:application/zip;base64,AA=='))).toBe('messages.content.file')
    expect(refused('chat', 'responses', user([{ type: 'file', file: { file_id: 'file-1' } }]))).toBe(
      'messages[0].content[0].file.file_id',
    )
  })

  test('images in the result of a tool', () => {
    const call = { id: 'c', type: 'function', function: { name: 'a', arguments: '{}' } }
    const content = [{ type: 'image_url', image_url: { url: PNG } }]
    const body = {
      messages: [
        { role: 'user', content: 'x' },
        { role: 'assistant', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c', content },
      ],
    }
    expect(written('chat', 'messages', body).request.messages).toMatchObject([
      {},
      {},
      { content: [{ type: 'tool_result', content: [{ type: 'image', source: { media_type: 'image/png' } }] }] },
    ])
    expect(written('chat', 'responses', body).request.input).toMatchObject([
      {},
      {},
      { type: 'function_call_output', output: [{ type: 'input_image', image_url: PNG }] },
    ])
  })

  test('a system prompt in the middle stays there where it can, and is listed where it moves', () => {
    const roles = ['developer', 'user', 'assistant', 'system', 'user']
    const body = { messages: roles.map((role, at) => ({ role, content: `${role} ${at}` })) }
    const responses = written('chat', 'responses', body)
    expect(responses.request.instructions).toBe('developer 0')
    expect((responses.request.input as Json[]).map(item => item.role)).toEqual(['user', 'assistant', 'system', 'user'])
    expect(responses.dropped).toEqual([])
    const messages = written('chat', 'messages', body)
    expect(messages.request.system).toMatchObject([{ text: 'developer 0' }, { text: 'system 3' }])
    expect((messages.request.messages as Json[]).map(item => item.role)).toEqual(['user', 'assistant', 'user'])
    expect(messages.dropped).toEqual(['position_of_system'])
  })

  test('allowed tools, and calls one at a time', () => {
    const allowed = { mode: 'required', tools: [{ type: 'function', function: { name: 'b' } }] }
    const body = {
      ...user('x'),
      ...TOOLS,
      parallel_tool_calls: false,
      tool_choice: { type: 'allowed_tools', allowed_tools: allowed },
    }
    const messages = written('chat', 'messages', body).request
    expect((messages.tools as Json[]).map(tool => tool.name)).toEqual(['b'])
    expect(messages.tool_choice).toEqual({ type: 'any', disable_parallel_tool_use: true })
    expect(written('chat', 'responses', body).request.tool_choice).toEqual({
      type: 'allowed_tools',
      mode: 'required',
      tools: [{ type: 'function', name: 'b' }],
    })
  })

  test('log probabilities and the fields that OpenAI has in both dialects', () => {
    const both = { service_tier: 'flex', safety_identifier: 's', prompt_cache_key: 'k', verbosity: 'low' }
    const { request, dropped } = written('chat', 'responses', {
      ...user('x'),
      logprobs: true,
      top_logprobs: 2,
      ...both,
    })
    expect(request).toMatchObject({
      include: ['message.output_text.logprobs'],
      top_logprobs: 2,
      service_tier: 'flex',
      safety_identifier: 's',
      prompt_cache_key: 'k',
      text: { verbosity: 'low' },
    })
    expect(dropped).toEqual([])
    const messages = written('chat', 'messages', { ...user('x'), ...both })
    expect(messages.request.metadata).toEqual({ user_id: 's' })
    expect(messages.dropped.sort()).toEqual(['prompt_cache_key', 'service_tier', 'verbosity'])
    expect(refused('chat', 'messages', { ...user('x'), logprobs: true })).toBe('logprobs')
  })

  test('a refusal of an earlier turn', () => {
    const body = { messages: [...user('x').messages, { role: 'assistant', refusal: 'No.' }, ...user('why?').messages] }
    expect(written('chat', 'responses', body).request.input).toMatchObject([
      {},
      { content: [{ type: 'refusal', refusal: 'No.' }] },
      {},
    ])
    expect(written('chat', 'messages', body).request.messages).toMatchObject([{}, { content: [{ text: 'No.' }] }, {}])
  })

  test.each([
    ['n', { n: 2 }],
    ['logit_bias', { logit_bias: { 1: 5 } }],
    ['audio', { audio: { voice: 'x' } }],
    ['modalities', { modalities: ['text', 'audio'] }],
    ['web_search_options', { web_search_options: {} }],
    ['frequency_penalty', { frequency_penalty: 0.5 }],
    ['stop', { stop: [{}] }],
    ['tool_choice', { ...TOOLS, tool_choice: { type: 'custom', custom: { name: 'x' } } }],
    ['tools[0].type', { tools: [{ type: 'custom', custom: { name: 'x' } }] }],
    ['messages[0].content[0].type', user([{ type: 'input_audio', input_audio: { data: '', format: 'wav' } }])],
  ])('%s is refused by name', (param, fields) => {
    expect(refused('chat', 'responses', { ...user('x'), ...fields })?.replace(/\[0\]$/, '')).toBe(param)
    expect(refused('chat', 'messages', { ...user('x'), ...fields })?.replace(/\[0\]$/, '')).toBe(param)
  })
})

describe('what is carried from messages', () => {
  test('documents, and their plain text', () => {
    const text = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'hi' }, title: 'Note' }
    expect(written('messages', 'chat', user([text])).request.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Note\n\nhi' }] },
    ])
    const url = { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } }
    expect(written('messages', 'responses', user([url])).request.input).toMatchObject([
      { content: [{ type: 'input_file', file_url: 'https://example.com/a.pdf' }] },
    ])
    expect(refused('messages', 'chat', user([url]))).toBe('messages.content.source')
    expect(refused('messages', 'chat', user([{ ...text, citations: { enabled: true } }]))).toBe(
      'messages[0].content[0].citations',
    )
  })

  test('what is only about cost or form is dropped by name', () => {
    const content = [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }]
    const { dropped } = written('messages', 'chat', {
      ...user(content),
      thinking: { type: 'enabled', budget_tokens: 2000 },
      service_tier: 'auto',
      top_k: 5,
    })
    expect(dropped.sort()).toEqual(['messages.content.cache_control', 'service_tier', 'thinking', 'top_k'])
    expect(written('messages', 'chat', { ...user('x'), thinking: { type: 'disabled' } }).dropped).toEqual([])
  })

  test('a last message of the assistant is refused: it would be answered, not continued', () => {
    const messages = [...user('x').messages, { role: 'assistant', content: '{' }]
    expect(refused('messages', 'chat', { messages })).toBe('messages')
  })

  test.each([
    ['search_result', { type: 'search_result', source: 'x', title: 'x', content: [] }],
    ['server_tool_use', { type: 'server_tool_use', id: 'x', name: 'web_search', input: {} }],
  ])('content of type %s is refused by name', (_, block) => {
    expect(refused('messages', 'chat', user([block]))).toBe('messages[0].content[0].type')
  })

  test('results nested in results are refused, however deep', () => {
    let block: Json = { type: 'text', text: 'x' }
    for (let depth = 0; depth < 50_000; depth++) block = { type: 'tool_result', tool_use_id: 'x', content: [block] }
    expect(refused('messages', 'chat', user([block]))).toBe('messages[0].content[0].content[0].type')
  })
})

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
    ['chat', { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, type: 'custom', custom: {} }] } }] }],
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
