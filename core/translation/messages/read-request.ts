import {
  addParts,
  type Conversation,
  emptyConversation,
  type ImagePart,
  type Part,
  type TextPart,
} from '../conversation.ts'
import { FieldReader } from '../field-reader.ts'

/**
 * Reads a messages request. Protocol: Anthropic API reference, "Create a message".
 *
 * @throws UntranslatableError naming the parameter that no other dialect can carry
 */
export function readMessagesRequest(body: unknown): Conversation {
  const conversation = emptyConversation('messages')
  const fields = new FieldReader(body, '', conversation.dropped)
  conversation.model = fields.text('model') ?? ''
  readSystem(conversation, fields, 'system')
  for (const message of fields.objects('messages')) readMessage(conversation, message)
  for (const tool of fields.objects('tools')) readTool(conversation, tool)
  readToolChoice(conversation, fields)
  conversation.temperature = fields.number('temperature')
  conversation.topP = fields.number('top_p')
  conversation.topK = fields.number('top_k')
  conversation.maxTokens = fields.number('max_tokens')
  conversation.stop = fields.list('stop_sequences').map(String)
  const metadata = fields.object('metadata')
  conversation.userId = metadata?.text('user_id') ?? null
  metadata?.dropRest()
  conversation.stream = fields.flag('stream') ?? false
  readFormat(conversation, fields)
  fields.refuse('mcp_servers', 'servers of tools run at the provider and have no counterpart there.')
  fields.refuse('container', 'containers run at the provider and have no counterpart there.')
  fields.dropRest()
  return conversation
}

function readSystem(conversation: Conversation, fields: FieldReader, name: string): void {
  const system = fields.value(name)
  if (typeof system === 'string') {
    conversation.system.push(system)
    return
  }
  for (const block of fields.objects(name)) {
    if (block.requiredText('type') !== 'text') throw block.cannot('type', 'a system prompt holds text only.')
    conversation.system.push(block.requiredText('text'))
    block.dropRest()
  }
}

function readMessage(conversation: Conversation, message: FieldReader): void {
  const role = message.requiredText('role')
  if (role === 'system') {
    if (conversation.turns.length > 0) conversation.dropped.add('messages.position_of_system')
    readSystem(conversation, message, 'content')
    return
  }
  if (role !== 'user' && role !== 'assistant') throw message.cannot('role', `the role "${role}" is not known.`)
  addParts(conversation.turns, role, readContent(conversation, message))
  message.dropRest()
}

function readContent(conversation: Conversation, message: FieldReader): Part[] {
  const content = message.value('content')
  if (content === null) return []
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return message.objects('content').flatMap(block => {
    const part = readBlock(conversation, block)
    block.dropRest()
    return part ? [part] : []
  })
}

function readBlock(conversation: Conversation, block: FieldReader): Part | null {
  const type = block.requiredText('type')
  if (type === 'text') return { type: 'text', text: block.requiredText('text') }
  if (type === 'image') return readImage(block)
  if (type === 'thinking') return { type: 'thinking', text: block.text('thinking') ?? '' }
  if (type === 'redacted_thinking') {
    conversation.dropped.add('messages.content.redacted_thinking')
    block.value('data')
    return null
  }
  if (type === 'tool_use') {
    const input = JSON.stringify(block.value('input') ?? {})
    return { type: 'toolCall', id: block.requiredText('id'), name: block.requiredText('name'), arguments: input }
  }
  if (type === 'tool_result') {
    const content = readContent(conversation, block).map((part): TextPart | ImagePart => {
      if (part.type === 'text' || part.type === 'image') return part
      throw block.cannot('content', 'results of tools hold text and images only.')
    })
    const isError = block.flag('is_error') ?? false
    return { type: 'toolResult', id: block.requiredText('tool_use_id'), content, isError }
  }
  throw block.cannot('type', `content of type "${type}" has no counterpart there.`)
}

function readImage(block: FieldReader): ImagePart {
  const source = block.object('source')
  const type = source?.requiredText('type')
  if (source && type === 'url') {
    return { type: 'image', source: { kind: 'url', url: source.requiredText('url') }, detail: null }
  }
  if (source && type === 'base64') {
    const [mediaType, data] = [source.requiredText('media_type'), source.requiredText('data')]
    return { type: 'image', source: { kind: 'base64', mediaType, data }, detail: null }
  }
  throw block.cannot('source', 'send the image by URL or as base64: files stay at the provider they were sent to.')
}

function readTool(conversation: Conversation, tool: FieldReader): void {
  const type = tool.text('type')
  if (type !== null && type !== 'custom') {
    throw tool.cannot('type', `tools of type "${type}" run at the provider and have no counterpart there.`)
  }
  const schema = tool.object('input_schema') ? (tool.value('input_schema') as object) : null
  const [name, description] = [tool.requiredText('name'), tool.text('description')]
  conversation.tools.push({ name, description, schema, strict: tool.flag('strict') })
  tool.dropRest()
}

function readToolChoice(conversation: Conversation, fields: FieldReader): void {
  const choice = fields.object('tool_choice')
  if (!choice) return
  const type = choice.requiredText('type')
  const single = choice.flag('disable_parallel_tool_use')
  if (single !== null) conversation.parallelTools = !single
  if (type === 'auto' || type === 'none') conversation.toolChoice = type
  else if (type === 'any') conversation.toolChoice = 'required'
  else if (type === 'tool') conversation.toolChoice = { name: choice.requiredText('name') }
  else throw choice.cannot('type', 'use auto, any, none, or one tool.')
}

function readFormat(conversation: Conversation, fields: FieldReader): void {
  const config = fields.object('output_config')
  const format = config?.object('format') ?? fields.object('output_format')
  config?.dropRest()
  if (!format) return
  if (format.requiredText('type') !== 'json_schema') throw format.cannot('type', 'its type is not known.')
  conversation.format = { name: 'answer', schema: format.value('schema'), strict: true }
}
