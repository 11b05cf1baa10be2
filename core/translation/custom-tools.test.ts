import { describe, expect, test } from 'vitest'
import { type Json, refused, written } from '#test/translations.ts'
import type { TranslatedDialect } from './conversation.ts'
import { TRANSLATIONS } from './translated-dialects.ts'

const GRAMMAR = { definition: 'start: "yes" | "no"', syntax: 'lark' }
const CHAT: Json = {
  tools: [
    { type: 'custom', custom: { name: 'run', description: 'Runs it', format: { type: 'grammar', grammar: GRAMMAR } } },
    { type: 'custom', custom: { name: 'note' } },
    { type: 'function', function: { name: 'look' } },
  ],
  tool_choice: { type: 'custom', custom: { name: 'run' } },
  messages: [
    { role: 'user', content: 'go' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'c1', type: 'custom', custom: { name: 'run', input: 'yes' } },
        { id: 'c2', type: 'function', function: { name: 'look', arguments: '{}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'c1', content: 'done' },
    { role: 'tool', tool_call_id: 'c2', content: 'seen' },
  ],
}
const RESPONSES: Json = {
  tools: [
    { type: 'custom', name: 'run', description: 'Runs it', format: { type: 'grammar', ...GRAMMAR } },
    { type: 'custom', name: 'note' },
    { type: 'function', name: 'look', description: null, parameters: {}, strict: false },
  ],
  tool_choice: { type: 'custom', name: 'run' },
  input: [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'go' }] },
    { type: 'custom_tool_call', call_id: 'c1', name: 'run', input: 'yes' },
    { type: 'function_call', call_id: 'c2', name: 'look', arguments: '{}' },
    { type: 'custom_tool_call_output', call_id: 'c1', output: 'done' },
    { type: 'function_call_output', call_id: 'c2', output: 'seen' },
  ],
}

describe('requests with custom tools', () => {
  test('reach responses from chat completions', () => {
    expect(written('chat', 'responses', CHAT).request).toMatchObject(RESPONSES)
  })

  test('reach chat completions from responses', () => {
    const { request } = written('responses', 'chat', RESPONSES)
    const [run, note, look] = CHAT.tools as Json[]
    expect(request).toMatchObject({ tool_choice: CHAT.tool_choice, messages: CHAT.messages, tools: [run, note, {}] })
    expect((request.tools as Json[])[2]).toMatchObject(look ?? {})
  })

  test('name the tools that are allowed by their sort', () => {
    const tools = [
      { type: 'custom', name: 'note' },
      { type: 'function', name: 'look' },
    ]
    const choice = { type: 'allowed_tools', mode: 'required', tools }
    const body = { ...RESPONSES, tool_choice: choice }
    expect(written('responses', 'chat', body).request.tool_choice).toEqual({
      type: 'allowed_tools',
      allowed_tools: {
        mode: 'required',
        tools: [
          { type: 'custom', custom: { name: 'note' } },
          { type: 'function', function: { name: 'look' } },
        ],
      },
    })
  })

  test('are refused by name where every tool has a schema', () => {
    expect(refused('chat', 'messages', CHAT)).toBe('messages.tool_calls.custom')
    expect(refused('responses', 'messages', RESPONSES)).toBe('input.type')
    expect(refused('chat', 'messages', { tools: CHAT.tools, messages: [] })).toBe('tools.custom')
    expect(refused('responses', 'messages', { tools: RESPONSES.tools, input: 'x' })).toBe('tools.type')
  })
})

const CHAT_ANSWER: Json = {
  id: 'chatcmpl-1',
  choices: [
    {
      index: 0,
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        tool_calls: [{ id: 'c1', type: 'custom', custom: { name: 'run', input: 'yes' } }],
      },
    },
  ],
}
const ITEM = { type: 'custom_tool_call', call_id: 'c1', name: 'run', input: 'yes' }

describe('answers that call custom tools', () => {
  test('reach either client whole', () => {
    const { chat, responses } = TRANSLATIONS
    expect(responses.writeAnswer(chat.readAnswer(CHAT_ANSWER))).toMatchObject({ status: 'completed', output: [ITEM] })
    expect(chat.writeAnswer(responses.readAnswer({ id: 'resp_1', output: [ITEM] }))).toMatchObject({
      choices: [{ finish_reason: 'tool_calls', message: { tool_calls: [{ id: 'c1', custom: { input: 'yes' } }] } }],
    })
  })

  test('reach a client of responses piece by piece', () => {
    const call = (more: Json) => ({ id: 'x', choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...more }] } }] })
    const events = streamed('chat', 'responses', [
      call({ id: 'c1', type: 'custom', custom: { name: 'run', input: '' } }),
      call({ custom: { input: 'ye' } }),
      call({ custom: { input: 's' } }),
      { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
    ])
    const pieces = events.filter(event => event.type === 'response.custom_tool_call_input.delta')
    expect(pieces.map(event => event.delta)).toEqual(['ye', 's'])
    expect(events.find(event => event.type === 'response.custom_tool_call_input.done')).toMatchObject({ input: 'yes' })
    expect(events.at(-1)).toMatchObject({ type: 'response.completed', response: { output: [ITEM] } })
  })

  test('reach a client of chat completions piece by piece', () => {
    const place = { output_index: 0, item_id: 'i' }
    const events = streamed('responses', 'chat', [
      { type: 'response.created', response: { id: 'resp_1', model: 'm', created_at: 1 } },
      { type: 'response.output_item.added', ...place, item: { ...ITEM, input: '' } },
      { type: 'response.custom_tool_call_input.delta', ...place, delta: 'yes' },
      { type: 'response.custom_tool_call_input.done', ...place, input: 'yes' },
      { type: 'response.output_item.done', ...place, item: ITEM },
      { type: 'response.completed', response: { status: 'completed', output: [ITEM] } },
    ])
    const calls = events.flatMap(({ choices }) =>
      (choices as { delta: Json }[]).flatMap(one => one.delta.tool_calls ?? []),
    )
    expect(calls).toEqual([
      { index: 0, id: 'c1', type: 'custom', custom: { name: 'run', input: '' } },
      { index: 0, custom: { input: 'yes' } },
    ])
  })
})

/** The events that a client of one dialect gets for those of another. */
function streamed(from: TranslatedDialect, to: TranslatedDialect, events: Json[]): Json[] {
  const [reader, writer] = [TRANSLATIONS[from].eventReader(), TRANSLATIONS[to].eventWriter(false)]
  const steps = events.flatMap(event => reader.read(JSON.stringify(event)))
  const text = steps.map(step => writer.write(step)).join('') + writer.finish()
  return [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data = '']) => JSON.parse(data) as Json)
}
