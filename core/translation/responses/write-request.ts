import type { Conversation, ImagePart, Part, TextPart, Turn } from '../conversation.ts'
import { imageUrl } from '../images.ts'
import type { WriteOptions } from '../translated-dialects.ts'
import { cannotCarry } from '../untranslatable.ts'

/**
 * Writes a conversation as a response request that the provider does not keep; what is lost goes into its dropped
 * fields.
 *
 * @throws UntranslatableError naming what cannot be carried
 */
export function writeResponsesRequest(conversation: Conversation, options: WriteOptions): Record<string, unknown> {
  const { system, tools, toolChoice, temperature, topP, maxTokens, format, userId, dropped } = conversation
  if (conversation.stop.length > 0) throw cannotCarry(conversation, 'stop', 'its dialect has no stop sequences.')
  if (conversation.topK !== null) dropped.add('top_k')
  return {
    model: options.model,
    store: false,
    ...(system.length > 0 && { instructions: system.join('\n\n') }),
    input: conversation.turns.flatMap(turn => itemsOf(conversation, turn)),
    ...(tools.length > 0 && { tools: tools.map(toolOf) }),
    ...(tools.length > 0 && toolChoice !== null && { tool_choice: choiceOf(toolChoice) }),
    ...(tools.length > 0 && conversation.parallelTools !== null && { parallel_tool_calls: conversation.parallelTools }),
    ...(temperature !== null && { temperature }),
    ...(topP !== null && { top_p: topP }),
    ...(maxTokens !== null && { max_output_tokens: maxTokens }),
    ...(conversation.reasoningEffort !== null && { reasoning: { effort: conversation.reasoningEffort } }),
    ...(format !== null && { text: { format: formatOf(format) } }),
    ...(userId !== null && { user: userId }),
    ...(conversation.stream && { stream: true }),
  }
}

/** Tools are strict by default here and nowhere else, so it is always said. */
function toolOf({ name, description, schema, strict }: Conversation['tools'][number]): object {
  return { type: 'function', name, description, parameters: schema ?? {}, strict: strict ?? false }
}

function choiceOf(choice: NonNullable<Conversation['toolChoice']>): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', name: choice.name }
}

function formatOf(format: NonNullable<Conversation['format']>): object {
  if (format === 'json_object') return { type: 'json_object' }
  const { name, schema, strict } = format
  return { type: 'json_schema', name, schema, strict: strict ?? false }
}

function itemsOf(conversation: Conversation, { role, parts }: Turn): object[] {
  const items: object[] = []
  let said: Part[] = []
  const flush = () => {
    const content = said.flatMap(part => contentOf(role, part))
    if (content.length > 0) items.push({ type: 'message', role, content })
    said = []
  }
  for (const part of parts) {
    if (part.type === 'text' || part.type === 'image') {
      said.push(part)
      continue
    }
    flush()
    if (part.type === 'thinking') conversation.dropped.add('thinking')
    else if (part.type === 'toolCall') {
      items.push({ type: 'function_call', call_id: part.id, name: part.name, arguments: part.arguments })
    } else {
      if (part.isError) conversation.dropped.add('messages.content.is_error')
      items.push({ type: 'function_call_output', call_id: part.id, output: outputOf(part.content) })
    }
  }
  flush()
  return items
}

function outputOf(content: (TextPart | ImagePart)[]): unknown {
  const [only] = content
  if (content.length === 0) return ''
  return content.length === 1 && only?.type === 'text' ? only.text : content.flatMap(part => contentOf('user', part))
}

function contentOf(role: Turn['role'], part: Part): object[] {
  if (part.type === 'text') return [{ type: role === 'assistant' ? 'output_text' : 'input_text', text: part.text }]
  if (part.type !== 'image') return []
  return [{ type: 'input_image', image_url: imageUrl(part.source), detail: part.detail ?? 'auto' }]
}
