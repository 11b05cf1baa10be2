import {
  addParts,
  type Conversation,
  emptyConversation,
  type ImagePart,
  type Part,
  type TextPart,
  type ToolChoice,
} from '../conversation.ts'
import { FieldReader } from '../field-reader.ts'
import { imageFromUrl } from '../images.ts'

const STORED = 'it is kept at the provider, and this request goes to another dialect. Send the whole conversation.'

/**
 * Reads a response request. Protocol: OpenAI API reference, "Create a model response".
 *
 * @throws UntranslatableError naming the parameter that no other dialect can carry
 */
export function readResponsesRequest(body: unknown): Conversation {
  const conversation = emptyConversation('responses')
  const fields = new FieldReader(body, '', conversation.dropped)
  conversation.model = fields.text('model') ?? ''
  const instructions = fields.text('instructions')
  if (instructions) conversation.system.push(instructions)
  readInput(conversation, fields)
  for (const tool of fields.objects('tools')) readTool(conversation, tool)
  conversation.toolChoice = readToolChoice(fields)
  conversation.parallelTools = fields.flag('parallel_tool_calls')
  conversation.temperature = fields.number('temperature')
  conversation.topP = fields.number('top_p')
  conversation.maxTokens = fields.number('max_output_tokens')
  const reasoning = fields.object('reasoning')
  conversation.reasoningEffort = reasoning?.text('effort') ?? null
  reasoning?.dropRest()
  conversation.userId = fields.text('user')
  conversation.stream = fields.flag('stream') ?? false
  readFormat(conversation, fields)
  fields.refuse('previous_response_id', STORED)
  fields.refuse('conversation', STORED)
  fields.refuse('prompt', STORED)
  fields.refuse('background', 'it answers at once only.', [false])
  fields.refuse('top_logprobs', 'its dialect has no log probabilities.', [0])
  fields.refuse('truncation', 'it never shortens the input.', ['disabled'])
  if (fields.value('store') === true) fields.drop('store')
  fields.dropRest()
  return conversation
}

function readInput(conversation: Conversation, fields: FieldReader): void {
  const input = fields.value('input')
  if (typeof input === 'string') addParts(conversation.turns, 'user', [{ type: 'text', text: input }])
  else for (const item of fields.objects('input')) readItem(conversation, item)
}

function readItem(conversation: Conversation, item: FieldReader): void {
  const type = item.text('type') ?? 'message'
  item.value('id')
  item.value('status')
  if (type === 'message') readMessage(conversation, item)
  else if (type === 'function_call') {
    const [id, name, text] = [item.requiredText('call_id'), item.requiredText('name'), item.requiredText('arguments')]
    addParts(conversation.turns, 'assistant', [{ type: 'toolCall', id, name, arguments: text }])
  } else if (type === 'function_call_output') {
    const content = readContent(item, 'output') as (TextPart | ImagePart)[]
    const id = item.requiredText('call_id')
    addParts(conversation.turns, 'user', [{ type: 'toolResult', id, content, isError: false }])
  } else if (type === 'reasoning') {
    const text = item
      .objects('summary')
      .map(part => part.text('text') ?? '')
      .join('\n')
    addParts(conversation.turns, 'assistant', [{ type: 'thinking', text }])
  } else throw item.cannot('type', `items of type "${type}" have no counterpart there.`)
  item.dropRest()
}

function readMessage(conversation: Conversation, item: FieldReader): void {
  const role = item.requiredText('role')
  const parts = readContent(item, 'content')
  if (role === 'user' || role === 'assistant') {
    addParts(conversation.turns, role, parts)
    return
  }
  if (role !== 'system' && role !== 'developer') throw item.cannot('role', `the role "${role}" is not known.`)
  if (conversation.turns.length > 0) conversation.dropped.add('input.position_of_system')
  for (const part of parts) {
    if (part.type !== 'text') throw item.cannot('content', 'a system prompt holds text only.')
    conversation.system.push(part.text)
  }
}

function readContent(item: FieldReader, name: string): Part[] {
  const content = item.value(name)
  if (content === null) return []
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return item.objects(name).map(part => {
    const read = readPart(part)
    part.dropRest()
    return read
  })
}

function readPart(part: FieldReader): Part {
  const type = part.requiredText('type')
  if (type === 'input_text' || type === 'text') return { type: 'text', text: part.requiredText('text') }
  if (type === 'output_text') {
    part.refuse('annotations', 'its dialect has no annotations.')
    part.value('logprobs')
    return { type: 'text', text: part.requiredText('text') }
  }
  if (type === 'refusal') return { type: 'text', text: part.requiredText('refusal') }
  const url = type === 'input_image' ? part.text('image_url') : null
  if (url === null) throw part.cannot('type', `content of type "${type}" without a URL has no counterpart there.`)
  return { type: 'image', source: imageFromUrl(url), detail: part.text('detail') }
}

function readTool(conversation: Conversation, tool: FieldReader): void {
  const type = tool.requiredText('type')
  if (type !== 'function') {
    throw tool.cannot('type', `tools of type "${type}" run at the provider and have no counterpart there.`)
  }
  const schema = tool.object('parameters') ? (tool.value('parameters') as object) : null
  const [name, description] = [tool.requiredText('name'), tool.text('description')]
  conversation.tools.push({ name, description, schema, strict: tool.flag('strict') })
  tool.dropRest()
}

function readToolChoice(fields: FieldReader): ToolChoice | null {
  const choice = fields.value('tool_choice')
  if (choice === null || choice === 'auto' || choice === 'none' || choice === 'required') return choice
  const named = typeof choice === 'object' ? fields.object('tool_choice') : null
  const name = named?.text('type') === 'function' ? named.text('name') : null
  if (!name) throw fields.cannot('tool_choice', 'use auto, none, required, or one function.')
  return { name }
}

function readFormat(conversation: Conversation, fields: FieldReader): void {
  const text = fields.object('text')
  const format = text?.object('format')
  text?.dropRest()
  const type = format?.requiredText('type')
  if (!format || type === 'text') return
  if (type === 'json_object') conversation.format = 'json_object'
  else if (type === 'json_schema') {
    const schema = format.value('schema')
    conversation.format = { name: format.text('name') ?? 'answer', schema, strict: format.flag('strict') }
    format.dropRest()
  } else throw format.cannot('type', 'its type is not known.')
}
