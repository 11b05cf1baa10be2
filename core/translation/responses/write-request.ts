import { carriedCallId, carriedUserId } from '../carried-ids.ts'
import type { Conversation, DocumentPart, Part, ResultContent, Tool, Turn } from '../conversation.ts'
import { customCalls, isCustom, writeCustomTool } from '../custom-tools.ts'
import { documentText, fileUrl } from '../files.ts'
import { writeOpenAiToolChoice } from '../tool-choice.ts'
import { objectSchema } from '../tool-schema.ts'
import type { WriteOptions } from '../translated-dialects.ts'
import { cannotCarry } from '../untranslatable.ts'

/**
 * Writes a conversation as a response request that the provider does not keep; what is lost goes into its dropped
 * fields.
 *
 * @throws UntranslatableError naming what cannot be carried
 */
export function writeResponsesRequest(conversation: Conversation, options: WriteOptions): Record<string, unknown> {
  const { system, tools, toolChoice, temperature, topP, maxTokens, userId, logprobs, dropped } = conversation
  if (conversation.stop.length > 0) throw cannotCarry(conversation, 'stop', 'its dialect has no stop sequences.')
  if (conversation.topK !== null) dropped.add('top_k')
  const customs = customCalls(conversation)
  const { verbosity: _verbosity, ...openai } = conversation.openai
  return {
    model: options.model,
    store: false,
    ...(system.length > 0 && { instructions: system.join('\n\n') }),
    input: conversation.turns.flatMap(turn => itemsOf(conversation, turn, customs)),
    ...(tools.length > 0 && { tools: tools.map(toolOf) }),
    ...(tools.length > 0 && toolChoice !== null && { tool_choice: writeOpenAiToolChoice(conversation, false) }),
    ...(tools.length > 0 && conversation.parallelTools !== null && { parallel_tool_calls: conversation.parallelTools }),
    ...(temperature !== null && { temperature }),
    ...(topP !== null && { top_p: topP }),
    ...(maxTokens !== null && { max_output_tokens: maxTokens }),
    ...(conversation.reasoningEffort !== null && { reasoning: { effort: conversation.reasoningEffort } }),
    ...(logprobs !== null && { include: ['message.output_text.logprobs'], top_logprobs: logprobs }),
    ...textOf(conversation),
    ...(userId !== null && { user: carriedUserId(userId) }),
    ...openai,
    ...(conversation.stream && { stream: true }),
  }
}

/** Tools are strict by default here and nowhere else, so it is always said. */
function toolOf(tool: Tool): object {
  if (isCustom(tool)) return writeCustomTool(tool, false)
  const { name, description, schema, strict } = tool
  return { type: 'function', name, description, parameters: objectSchema(schema), strict: strict ?? false }
}

function textOf({ format, openai }: Conversation): object {
  const text = {
    ...(format !== null && { format: formatOf(format) }),
    ...(openai.verbosity !== undefined && { verbosity: openai.verbosity }),
  }
  return Object.keys(text).length > 0 ? { text } : {}
}

function formatOf(format: NonNullable<Conversation['format']>): object {
  if (format === 'json_object') return { type: 'json_object' }
  const { name, schema, strict } = format
  return { type: 'json_schema', name, schema, strict: strict ?? false }
}

function itemsOf(conversation: Conversation, { role, parts }: Turn, customs: ReadonlySet<string>): object[] {
  const items: object[] = []
  let said: object[] = []
  const flush = () => {
    if (said.length > 0) items.push({ type: 'message', role, content: said })
    said = []
  }
  for (const part of parts) {
    const content = contentOf(role, part)
    if (content) {
      said.push(content)
      continue
    }
    flush()
    items.push(...itemOf(conversation, part, customs))
  }
  flush()
  return items
}

function itemOf(conversation: Conversation, part: Part, customs: ReadonlySet<string>): object[] {
  if (part.type === 'thinking') {
    // OpenAI takes back only thoughts that it encrypted itself.
    conversation.dropped.add('thinking')
    return []
  }
  if (part.type !== 'toolCall' && part.type !== 'toolResult') return []
  const call_id = carriedCallId(part.id, 'responses')
  if (part.type === 'toolCall' && part.custom) {
    return [{ type: 'custom_tool_call', call_id, name: part.name, input: part.arguments }]
  }
  if (part.type === 'toolCall') return [{ type: 'function_call', call_id, name: part.name, arguments: part.arguments }]
  if (part.isError) conversation.dropped.add('messages.content.is_error')
  const type = customs.has(part.id) ? 'custom_tool_call_output' : 'function_call_output'
  return [{ type, call_id, output: outputOf(part.content) }]
}

function outputOf(content: ResultContent[]): unknown {
  const [only] = content
  if (content.length === 0) return ''
  return content.length === 1 && only?.type === 'text' ? only.text : content.map(part => contentOf('user', part))
}

function contentOf(role: Turn['role'], part: Part): object | null {
  switch (part.type) {
    case 'text':
      return { type: role === 'assistant' ? 'output_text' : 'input_text', text: part.text }
    case 'refusal':
      return role === 'assistant' ? { type: 'refusal', refusal: part.text } : { type: 'input_text', text: part.text }
    case 'image':
      return { type: 'input_image', image_url: fileUrl(part.source), detail: part.detail ?? 'auto' }
    case 'document':
      return documentOf(part)
    default:
      return null
  }
}

function documentOf(part: DocumentPart): object {
  const text = documentText(part)
  const { source, name } = part
  if (text !== null || source.kind === 'text') return { type: 'input_text', text }
  if (source.kind === 'url') return { type: 'input_file', file_url: source.url }
  return { type: 'input_file', filename: name ?? 'document', file_data: fileUrl(source) }
}
