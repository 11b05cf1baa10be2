import {
  addParts,
  type Conversation,
  emptyConversation,
  type Part,
  type TextPart,
  type ToolChoice,
} from '../conversation.ts'
import { FieldReader } from '../field-reader.ts'
import { imageFromUrl } from '../images.ts'

/**
 * Reads a chat completion request. Protocol: OpenAI API reference, "Create chat completion".
 *
 * @throws UntranslatableError naming the parameter that no other dialect can carry
 */
export function readChatRequest(body: unknown): Conversation {
  const conversation = emptyConversation('chat')
  const fields = new FieldReader(body, '', conversation.dropped)
  conversation.model = fields.text('model') ?? ''
  for (const message of fields.objects('messages')) readMessage(conversation, message)
  for (const tool of fields.objects('tools')) readTool(conversation, tool)
  conversation.toolChoice = readToolChoice(fields)
  conversation.parallelTools = fields.flag('parallel_tool_calls')
  conversation.temperature = fields.number('temperature')
  conversation.topP = fields.number('top_p')
  const older = fields.number('max_tokens')
  conversation.maxTokens = fields.number('max_completion_tokens') ?? older
  const stop = fields.value('stop')
  conversation.stop = typeof stop === 'string' ? [stop] : fields.list('stop').map(String)
  conversation.reasoningEffort = fields.text('reasoning_effort')
  conversation.userId = fields.text('user')
  conversation.stream = fields.flag('stream') ?? false
  fields.value('stream_options')
  readFormat(conversation, fields)
  refuseFields(fields)
  fields.dropRest()
  return conversation
}

function refuseFields(fields: FieldReader): void {
  fields.refuse('n', 'it gives one answer for each request.', [1])
  fields.refuse('logprobs', 'its dialect has no log probabilities.', [false])
  fields.refuse('top_logprobs', 'its dialect has no log probabilities.', [0])
  fields.refuse('logit_bias', 'its dialect has no token biases.')
  fields.refuse('frequency_penalty', 'its dialect has no penalties.', [0])
  fields.refuse('presence_penalty', 'its dialect has no penalties.', [0])
  fields.refuse('audio', 'its dialect has no audio.')
  fields.refuse('functions', 'use "tools".')
  fields.refuse('function_call', 'use "tool_choice".', ['auto', 'none'])
  fields.refuse('web_search_options', 'its dialect has no web search of that kind.')
  const modalities = fields.list('modalities')
  if (modalities.some(one => one !== 'text')) throw fields.cannot('modalities', 'it answers in text only.')
}

function readMessage(conversation: Conversation, message: FieldReader): void {
  const role = message.requiredText('role')
  if (role === 'system' || role === 'developer') {
    if (conversation.turns.length > 0) conversation.dropped.add('messages.position_of_system')
    for (const part of readContent(message)) {
      if (part.type !== 'text') throw message.cannot('content', 'a system prompt holds text only.')
      conversation.system.push(part.text)
    }
    message.drop('name')
  } else if (role === 'user') addParts(conversation.turns, 'user', readContent(message))
  else if (role === 'assistant') addParts(conversation.turns, 'assistant', readAssistant(message))
  else if (role === 'tool') {
    const id = message.requiredText('tool_call_id')
    const content = readContent(message).filter((part): part is TextPart => part.type === 'text')
    addParts(conversation.turns, 'user', [{ type: 'toolResult', id, content, isError: false }])
  } else throw message.cannot('role', `the role "${role}" is not known.`)
  message.dropRest()
}

function readAssistant(message: FieldReader): Part[] {
  const parts = readContent(message)
  const refusal = message.text('refusal')
  if (refusal) parts.push({ type: 'text', text: refusal })
  message.refuse('audio', 'its dialect has no audio.')
  message.refuse('function_call', 'use "tool_calls".')
  for (const call of message.objects('tool_calls')) {
    const id = call.requiredText('id')
    if ((call.text('type') ?? 'function') !== 'function') throw call.cannot('type', 'only functions can be called.')
    const called = call.object('function')
    if (!called) throw call.cannot('function', 'a tool call needs a function.')
    const text = called.text('arguments') ?? ''
    parts.push({ type: 'toolCall', id, name: called.requiredText('name'), arguments: text })
  }
  return parts
}

function readContent(message: FieldReader): Part[] {
  const content = message.value('content')
  if (content === null) return []
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return message.objects('content').map(part => {
    const type = part.requiredText('type')
    const read = readPart(part, type)
    part.dropRest()
    return read
  })
}

function readPart(part: FieldReader, type: string): Part {
  if (type === 'text') return { type: 'text', text: part.requiredText('text') }
  if (type === 'refusal') return { type: 'text', text: part.requiredText('refusal') }
  const image = type === 'image_url' ? part.object('image_url') : null
  if (!image) throw part.cannot('type', `content of type "${type}" has no counterpart there.`)
  return { type: 'image', source: imageFromUrl(image.requiredText('url')), detail: image.text('detail') }
}

function readTool(conversation: Conversation, tool: FieldReader): void {
  const type = tool.requiredText('type')
  const described = type === 'function' ? tool.object('function') : null
  if (!described)
    throw tool.cannot('type', `tools of type "${type}" run at the provider and have no counterpart there.`)
  const schema = described.object('parameters') ? (described.value('parameters') as object) : null
  const name = described.requiredText('name')
  conversation.tools.push({
    name,
    description: described.text('description'),
    schema,
    strict: described.flag('strict'),
  })
  tool.dropRest()
}

function readToolChoice(fields: FieldReader): ToolChoice | null {
  const choice = fields.value('tool_choice')
  if (choice === null || choice === 'auto' || choice === 'none' || choice === 'required') return choice
  const named = typeof choice === 'object' ? fields.object('tool_choice')?.object('function')?.text('name') : null
  if (!named) throw fields.cannot('tool_choice', 'use auto, none, required, or one function.')
  return { name: named }
}

function readFormat(conversation: Conversation, fields: FieldReader): void {
  const format = fields.object('response_format')
  const type = format?.requiredText('type')
  if (!format || type === 'text') return
  if (type === 'json_object') {
    conversation.format = 'json_object'
    return
  }
  const named = type === 'json_schema' ? format.object('json_schema') : null
  if (!named) throw fields.cannot('response_format', 'its type is not known.')
  const schema = named.value('schema')
  conversation.format = { name: named.text('name') ?? 'answer', schema, strict: named.flag('strict') }
  named.dropRest()
}
