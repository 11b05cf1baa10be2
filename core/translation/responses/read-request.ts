import {
  addInstructions,
  addParts,
  type Conversation,
  emptyConversation,
  OPENAI_FIELDS,
  type ResultContent,
} from '../conversation.ts'
import { readCustomTool } from '../custom-tools.ts'
import { FieldReader } from '../field-reader.ts'
import { proofIn } from '../thinking-proof.ts'
import { readOpenAiToolChoice } from '../tool-choice.ts'
import { readContent } from './read-content.ts'

const STORED = 'it is kept at the provider, and this request goes to another dialect. Send the whole conversation.'
const LOGPROBS = 'message.output_text.logprobs'
/** Asks for what the answer holds in any case. */
const ENCRYPTED_REASONING = 'reasoning.encrypted_content'

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
  conversation.toolChoice = readOpenAiToolChoice(fields, false)
  conversation.parallelTools = fields.flag('parallel_tool_calls')
  conversation.temperature = fields.number('temperature')
  conversation.topP = fields.number('top_p')
  conversation.maxTokens = fields.number('max_output_tokens')
  const reasoning = fields.object('reasoning')
  conversation.reasoningEffort = reasoning?.text('effort') ?? null
  reasoning?.dropRest()
  conversation.userId = fields.text('user')
  for (const name of OPENAI_FIELDS) if (fields.value(name) !== null) conversation.openai[name] = fields.value(name)
  conversation.stream = fields.flag('stream') ?? false
  readLogprobs(conversation, fields)
  readFormat(conversation, fields)
  fields.refuse('previous_response_id', STORED)
  fields.refuse('conversation', STORED)
  fields.refuse('prompt', STORED)
  fields.refuse('background', 'it answers at once only.', [false])
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
  const { turns } = conversation
  const type = item.text('type') ?? 'message'
  item.value('id')
  item.value('status')
  if (type === 'message') readMessage(conversation, item)
  else if (type === 'function_call') {
    const [id, name, text] = [item.requiredText('call_id'), item.requiredText('name'), item.requiredText('arguments')]
    addParts(turns, 'assistant', [{ type: 'toolCall', id, name, arguments: text }])
  } else if (type === 'custom_tool_call') {
    const [id, name, text] = [item.requiredText('call_id'), item.requiredText('name'), item.requiredText('input')]
    addParts(turns, 'assistant', [{ type: 'toolCall', id, name, arguments: text, custom: true }])
  } else if (type === 'function_call_output' || type === 'custom_tool_call_output') {
    const id = item.requiredText('call_id')
    addParts(turns, 'user', [{ type: 'toolResult', id, content: readOutput(item), isError: false }])
  } else if (type === 'reasoning') {
    const text = item
      .objects('summary')
      .map(part => part.text('text') ?? '')
      .join('\n')
    addParts(turns, 'assistant', [{ type: 'thinking', text, proof: proofIn(item.text('encrypted_content')) }])
  } else throw item.cannot('type', `items of type "${type}" have no counterpart there.`)
  item.dropRest()
}

function readOutput(item: FieldReader): ResultContent[] {
  return readContent(item, 'output').map(part => {
    if (part.type === 'text' || part.type === 'image' || part.type === 'document') return part
    throw item.cannot('output', 'results of tools hold text, images and documents only.')
  })
}

function readMessage(conversation: Conversation, item: FieldReader): void {
  const role = item.requiredText('role')
  const parts = readContent(item, 'content')
  if (role === 'user' || role === 'assistant') {
    addParts(conversation.turns, role, parts)
    return
  }
  if (role !== 'system' && role !== 'developer') throw item.cannot('role', `the role "${role}" is not known.`)
  const texts = parts.map(part => {
    if (part.type !== 'text') throw item.cannot('content', 'a system prompt holds text only.')
    return part.text
  })
  addInstructions(conversation, texts)
}

function readTool(conversation: Conversation, tool: FieldReader): void {
  const type = tool.requiredText('type')
  if (type === 'custom') {
    conversation.tools.push(readCustomTool(tool))
    tool.dropRest()
    return
  }
  if (type !== 'function') throw tool.cannot('type', `tools of type "${type}" have no counterpart there.`)
  const schema = tool.object('parameters') ? (tool.value('parameters') as object) : null
  const [name, description] = [tool.requiredText('name'), tool.text('description')]
  conversation.tools.push({ name, description, schema, strict: tool.flag('strict') })
  tool.dropRest()
}

function readLogprobs(conversation: Conversation, fields: FieldReader): void {
  const included = fields.texts('include')
  const alternatives = fields.number('top_logprobs')
  if (included.includes(LOGPROBS) || (alternatives ?? 0) > 0) conversation.logprobs = alternatives ?? 0
  for (const name of included) {
    if (name !== LOGPROBS && name !== ENCRYPTED_REASONING) conversation.dropped.add(`include.${name}`)
  }
}

function readFormat(conversation: Conversation, fields: FieldReader): void {
  const text = fields.object('text')
  const format = text?.object('format')
  const verbosity = text?.text('verbosity') ?? null
  if (verbosity !== null) conversation.openai.verbosity = verbosity
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
