import type { OperationName } from '#core/contracts/operation-names.ts'
import { OPERATIONS, PATH_PREFIXES } from '#gateway/operations.ts'
import type { Draw } from './draw.ts'

type Json = Record<string, unknown>

/** What a fuzzed gateway has to have in its catalog. */
export interface FuzzModels {
  chat: string
  messages: string
  embeddings: string
  moderations: string
}

const SCHEMA = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const PNG = 'data:image/png;base64,iVBORw0KGgo='

/** A request of an operation with every field that is read somewhere, for models of its own and of other dialects. */
export function wellFormed(draw: Draw, name: OperationName, models: FuzzModels): Json {
  const model = draw.of([models.chat, models.messages])
  const stream = draw.oneIn(3)
  switch (name) {
    case 'chat':
      return { ...chat(), model, stream }
    case 'responses':
      return { ...responses(), model, stream }
    case 'messages':
      return { ...messages(), model, stream, max_tokens: 50 }
    case 'count_tokens':
      return { ...messages(), model: models.messages }
    case 'completions':
      return { model: models.chat, prompt: ['Say hello', 'x'], n: 2, max_tokens: 9, stop: ['z'], suffix: 's', stream }
    case 'embeddings':
      return { model: models.embeddings, input: ['a', 'b'], dimensions: 4, encoding_format: 'float' }
    case 'moderations':
      return { model: models.moderations, input: [{ type: 'text', text: 'x' }] }
  }
}

function chat(): Json {
  const call = { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } }
  return {
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'hi' },
          { type: 'image_url', image_url: { url: PNG, detail: 'low' } },
          { type: 'file', file: { filename: 'a.txt', file_data: 'data:text/plain;base64,aGk=' } },
        ],
      },
      { role: 'assistant', content: null, refusal: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
      { role: 'user', content: 'Thanks' },
    ],
    tools: [{ type: 'function', function: { name: 'weather', description: 'd', parameters: SCHEMA, strict: true } }],
    tool_choice: { type: 'function', function: { name: 'weather' } },
    parallel_tool_calls: true,
    max_completion_tokens: 50,
    temperature: 0.5,
    top_p: 0.9,
    n: 1,
    stop: ['z'],
    seed: 1,
    user: 'u',
    logprobs: false,
    metadata: { a: 'b' },
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema: SCHEMA, strict: true } },
    reasoning_effort: 'low',
    stream_options: { include_usage: true },
  }
}

function responses(): Json {
  return {
    instructions: 'Be brief.',
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'hi' },
          { type: 'input_image', image_url: PNG, detail: 'auto' },
        ],
      },
      { type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: 'hm' }] },
      { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c1', output: [{ type: 'input_text', text: 'sunny' }] },
      { type: 'message', role: 'user', content: 'Thanks' },
    ],
    tools: [{ type: 'function', name: 'weather', parameters: SCHEMA, strict: false }],
    tool_choice: 'auto',
    parallel_tool_calls: false,
    max_output_tokens: 50,
    temperature: 0.5,
    top_p: 0.9,
    include: ['reasoning.encrypted_content'],
    reasoning: { effort: 'low', summary: 'auto' },
    text: { format: { type: 'json_schema', name: 'x', schema: SCHEMA }, verbosity: 'low' },
    truncation: 'disabled',
    store: false,
    user: 'u',
  }
}

function messages(): Json {
  return {
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'hi' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'hi' }, title: 't' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', signature: 's' },
          { type: 'tool_use', id: 't1', name: 'weather', input: { city: 'Rome' } },
        ],
      },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'ok' }], is_error: false }],
      },
    ],
    tools: [{ name: 'weather', description: 'd', input_schema: SCHEMA }],
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    temperature: 0.5,
    top_p: 0.9,
    top_k: 5,
    stop_sequences: ['z'],
    metadata: { user_id: 'u' },
    thinking: { type: 'disabled' },
    output_config: { format: { type: 'json_schema', schema: SCHEMA } },
  }
}

/** An operation with one of its paths. */
export function drawnPath(draw: Draw): { name: OperationName; path: string } {
  const { name, path } = draw.of(OPERATIONS)
  return { name, path: draw.of(PATH_PREFIXES) + path }
}
