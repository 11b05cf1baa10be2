import type { Conversation, ImagePart, Part, Turn } from '../conversation.ts'
import type { WriteOptions } from '../translated-dialects.ts'
import { cannotCarry } from '../untranslatable.ts'

/**
 * Writes a conversation as a messages request; what is lost goes into its dropped fields.
 *
 * @throws UntranslatableError naming what cannot be carried
 */
export function writeMessagesRequest(conversation: Conversation, options: WriteOptions): Record<string, unknown> {
  const { system, tools, temperature, topP, topK, stop, userId, format, dropped } = conversation
  if (temperature !== null && temperature > 1) throw cannotCarry(conversation, 'temperature', 'its highest is 1.')
  if (format === 'json_object') {
    throw cannotCarry(conversation, 'format', 'it takes a JSON schema, not any JSON. Use the type "json_schema".')
  }
  if (conversation.reasoningEffort !== null) dropped.add('reasoning_effort')
  return {
    model: options.model,
    max_tokens: conversation.maxTokens ?? options.maxTokens,
    ...(system.length > 0 && {
      system: system.length === 1 ? system[0] : system.map(text => ({ type: 'text', text })),
    }),
    messages: conversation.turns.flatMap(turn => messageOf(conversation, turn)),
    ...(tools.length > 0 && { tools: tools.map(tool => toolOf(conversation, tool)) }),
    ...choiceOf(conversation),
    ...(temperature !== null && { temperature }),
    ...(topP !== null && { top_p: topP }),
    ...(topK !== null && { top_k: topK }),
    ...(stop.length > 0 && { stop_sequences: stop }),
    ...(userId !== null && { metadata: { user_id: userId } }),
    ...(format !== null && { output_config: { format: { type: 'json_schema', schema: format.schema } } }),
    ...(conversation.stream && { stream: true }),
  }
}

function messageOf(conversation: Conversation, turn: Turn): object[] {
  // The results of tools must come first in the message that answers a call.
  const results = turn.parts.filter(part => part.type === 'toolResult')
  const others = turn.parts.filter(part => part.type !== 'toolResult')
  const content = [...results, ...others].flatMap(part => blockOf(conversation, part))
  const [only] = others
  if (turn.parts.length === 1 && only?.type === 'text' && only.text !== '') {
    return [{ role: turn.role, content: only.text }]
  }
  return content.length > 0 ? [{ role: turn.role, content }] : []
}

function blockOf(conversation: Conversation, part: Part): object[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ type: 'text', text: part.text }]
    case 'image':
      return [imageBlock(conversation, part)]
    case 'toolCall':
      return [{ type: 'tool_use', id: part.id, name: part.name, input: inputOf(conversation, part.arguments) }]
    case 'toolResult': {
      const content = part.content.flatMap(inner => blockOf(conversation, inner))
      return [{ type: 'tool_result', tool_use_id: part.id, content, ...(part.isError && { is_error: true }) }]
    }
    case 'thinking':
      conversation.dropped.add('thinking')
      return []
  }
}

function imageBlock(conversation: Conversation, { source, detail }: ImagePart): object {
  if (detail !== null && detail !== 'auto') conversation.dropped.add('image.detail')
  if (source.kind === 'url') return { type: 'image', source: { type: 'url', url: source.url } }
  return { type: 'image', source: { type: 'base64', media_type: source.mediaType, data: source.data } }
}

function inputOf(conversation: Conversation, text: string): object {
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = null
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw cannotCarry(conversation, 'arguments', 'the arguments of a call must be a JSON object.')
}

function toolOf(
  conversation: Conversation,
  { name, description, schema, strict }: Conversation['tools'][number],
): object {
  if (strict) conversation.dropped.add('tools.strict')
  return {
    name,
    ...(description !== null && { description }),
    input_schema: schema ?? { type: 'object', properties: {} },
  }
}

function choiceOf({ tools, toolChoice, parallelTools }: Conversation): object {
  if (tools.length === 0 || (toolChoice === null && parallelTools === null)) return {}
  const choice = toolChoice ?? 'auto'
  const single = parallelTools !== null && choice !== 'none' ? { disable_parallel_tool_use: !parallelTools } : {}
  if (typeof choice === 'object') return { tool_choice: { type: 'tool', name: choice.name, ...single } }
  return { tool_choice: { type: choice === 'required' ? 'any' : choice, ...single } }
}
