import { describe, expect, test } from 'vitest'
import { CONVERSE } from './converse.ts'

const CALL = { headers: null, model: 'amazon.nova-pro-v1:0', maxOutputTokens: null }
const converse = (fields: object) =>
  CONVERSE.body?.(fields as Record<string, unknown>, { ...CALL, dropped: new Set() }) as {
    messages: { role: string; content: Record<string, { toolUseId?: string }>[] }[]
    toolConfig?: { tools: unknown[] }
  }
const USED = [
  { role: 'user', content: 'go' },
  {
    role: 'assistant',
    content: '\n',
    tool_calls: [{ id: 'functions.look:0', type: 'function', function: { name: 'look', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'functions.look:0', content: 'done' },
]

describe('a conversation that Converse would refuse as it is', () => {
  test('has the roles take turns where an instruction stood between two messages', () => {
    const user = (content: string) => ({ role: 'user', content })
    const { messages } = converse({ messages: [user('one'), { role: 'system', content: 'short' }, user('two')] })
    expect(messages).toEqual([{ role: 'user', content: [{ text: 'one' }, { text: 'two' }] }])
  })

  test('has no blank text, and ids of calls that it takes', () => {
    const { messages } = converse({ messages: USED })
    const [, assistant, user] = messages
    expect(assistant?.content).toHaveLength(1)
    const id = assistant?.content[0]?.toolUse?.toolUseId
    expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
    expect(user?.content[0]?.toolResult?.toolUseId).toBe(id)
  })

  test('has a list of tools where it has used some and may use none any more', () => {
    expect(converse({ messages: USED }).toolConfig?.tools).toHaveLength(1)
    expect(converse({ messages: USED.slice(0, 1) })).not.toHaveProperty('toolConfig')
  })

  test('has whole schemas', () => {
    const tools = [{ type: 'function', function: { name: 'now', parameters: {} } }]
    expect(converse({ messages: USED, tools }).toolConfig?.tools).toEqual([
      { toolSpec: { name: 'now', inputSchema: { json: { type: 'object', properties: {} } } } },
    ])
  })
})

test.each([
  ['malformed_tool_use', 'length'],
  ['end_turn', 'stop'],
  ['tool_use', 'tool_calls'],
  ['guardrail_intervened', 'content_filter'],
])('the stop reason %s is told as %s', (stopReason, finish_reason) => {
  const answer = { output: { message: { content: [{ text: 'Hi' }] } }, stopReason }
  expect(CONVERSE.answer?.(answer, 'm', { headers: {}, fields: {} })).toMatchObject({ choices: [{ finish_reason }] })
})
