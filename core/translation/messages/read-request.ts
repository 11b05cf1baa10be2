import { addInstructions, addParts, type Conversation, emptyConversation } from '../conversation.ts'
import { FieldReader } from '../field-reader.ts'
import { readContent } from './read-content.ts'

/**
 * Reads a messages request. Protocol: Anthropic API reference, "Create a message".
 *
 * @throws UntranslatableError naming the parameter that no other dialect can carry
 */
export function readMessagesRequest(body: unknown): Conversation {
  const conversation = emptyConversation('messages')
  const fields = new FieldReader(body, '', conversation.dropped)
  conversation.model = fields.text('model') ?? ''
  conversation.system.push(...readSystem(fields, 'system'))
  for (const message of fields.objects('messages')) readMessage(conversation, message)
  if (conversation.turns.at(-1)?.role === 'assistant') {
    const why = 'the model would not go on with the last message, which is an assistant’s, but answer it.'
    throw fields.cannot('messages', why)
  }
  for (const tool of fields.objects('tools')) readTool(conversation, tool)
  readToolChoice(conversation, fields)
  conversation.temperature = fields.number('temperature')
  conversation.topP = fields.number('top_p')
  conversation.topK = fields.number('top_k')
  conversation.maxTokens = fields.number('max_tokens')
  conversation.stop = fields.texts('stop_sequences')
  const metadata = fields.object('metadata')
  conversation.userId = metadata?.text('user_id') ?? null
  metadata?.dropRest()
  conversation.stream = fields.flag('stream') ?? false
  readFormat(conversation, fields)
  fields.refuse('mcp_servers', 'servers of tools run at the provider and have no counterpart there.')
  fields.refuse('container', 'containers run at the provider and have no counterpart there.')
  if (fields.object('thinking')?.text('type') !== 'disabled') fields.drop('thinking')
  fields.dropRest()
  return conversation
}

function readSystem(fields: FieldReader, name: string): string[] {
  const system = fields.value(name)
  if (typeof system === 'string') return [system]
  return fields.objects(name).map(block => {
    if (block.requiredText('type') !== 'text') throw block.cannot('type', 'a system prompt holds text only.')
    const text = block.requiredText('text')
    block.dropRest()
    return text
  })
}

function readMessage(conversation: Conversation, message: FieldReader): void {
  const role = message.requiredText('role')
  if (role === 'system') addInstructions(conversation, readSystem(message, 'content'))
  else if (role === 'user' || role === 'assistant') addParts(conversation.turns, role, readContent(message))
  else throw message.cannot('role', `the role "${role}" is not known.`)
  message.dropRest()
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
