import { expect, test } from 'vitest'
import { withSignatures } from './thought-signatures.ts'

const call = (id: string, more: object = {}) => ({
  id,
  type: 'function',
  function: { name: 'f', arguments: '{}' },
  ...more,
})
const SIGNED = { extra_content: { google: { thought_signature: 'real' } } }
const chat = (...calls: object[]) => ({
  messages: [
    { role: 'user', content: 'go' },
    { role: 'assistant', tool_calls: calls },
    { role: 'tool', tool_call_id: 'a', content: 'x' },
  ],
})

test.each(['gemini-3-pro-preview', 'google/gemini-3.6-flash', 'gemini-flash-latest'])(
  'calls that %s did not sign say so, once a message',
  model => {
    const unsigned = { extra_content: { google: { thought_signature: expect.any(String) } } }
    expect(withSignatures(chat(call('a'), call('b')), model)).toEqual(chat(call('a', unsigned), call('b')))
  },
)

test.each([
  ['gemini-3-pro-preview', chat(call('a', SIGNED), call('b'))],
  ['gemini-2.5-flash', chat(call('a'))],
  ['gemini-1.5-pro', chat(call('a'))],
  ['meta/llama-4', chat(call('a'))],
  ['gemini-3-pro-preview', { messages: [null, 'x', { tool_calls: [null] }, { tool_calls: 'x' }, {}] }],
  ['gemini-3-pro-preview', { messages: 'x' }],
])('%s takes what lacks nothing, or is not understood, as it is', (model, fields) => {
  expect(withSignatures(fields, model)).toBeNull()
})
