import { describe, expect, test } from 'vitest'
import { type Json, refused, written } from '#test/translations.ts'

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
    ['tool_choice', { ...TOOLS, tool_choice: { type: 'web_search' } }],
    ['tools[0].type', { tools: [{ type: 'web_search' }] }],
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
