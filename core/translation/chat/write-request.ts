import { carriedCallId, carriedUserId } from '../carried-ids.ts'
import type {
  Conversation,
  DocumentPart,
  Part,
  ResultContent,
  Tool,
  ToolCallPart,
  ToolResultPart,
  Turn,
} from '../conversation.ts'
import { isCustom, writeCustomTool } from '../custom-tools.ts'
import { documentData, documentText, fileUrl } from '../files.ts'
import { writeOpenAiToolChoice } from '../tool-choice.ts'
import { objectSchema } from '../tool-schema.ts'
import type { WriteOptions } from '../translated-dialects.ts'
import { chatCall } from './answer.ts'

/**
 * Writes a conversation as a chat completion request; what is lost goes into its dropped fields.
 *
 * @throws UntranslatableError naming what cannot be carried
 */
export function writeChatRequest(conversation: Conversation, options: WriteOptions): Record<string, unknown> {
  const { dropped, toolChoice, format, stream, tools, maxTokens, userId, logprobs } = conversation
  if (conversation.topK !== null) dropped.add('top_k')
  // Providers that know only the older limit refuse fields that are newer still.
  if (options.olderLimit) for (const name of Object.keys(conversation.openai)) dropped.add(name)
  const limit = options.olderLimit ? 'max_tokens' : 'max_completion_tokens'
  return {
    model: options.model,
    messages: [
      ...conversation.system.map(content => ({ role: 'system', content })),
      ...conversation.turns.flatMap(turn => messagesOf(conversation, turn)),
    ],
    ...(tools.length > 0 && { tools: tools.map(toolOf) }),
    ...(tools.length > 0 && toolChoice !== null && { tool_choice: writeOpenAiToolChoice(conversation, true) }),
    ...(tools.length > 0 && conversation.parallelTools !== null && { parallel_tool_calls: conversation.parallelTools }),
    ...(conversation.temperature !== null && { temperature: conversation.temperature }),
    ...(conversation.topP !== null && { top_p: conversation.topP }),
    ...(maxTokens !== null && { [limit]: maxTokens }),
    ...(conversation.stop.length > 0 && { stop: conversation.stop }),
    ...(conversation.reasoningEffort !== null && { reasoning_effort: conversation.reasoningEffort }),
    ...(logprobs !== null && { logprobs: true, ...(logprobs > 0 && { top_logprobs: logprobs }) }),
    ...(format !== null && { response_format: formatOf(format) }),
    ...(userId !== null && { user: carriedUserId(userId) }),
    ...(!options.olderLimit && conversation.openai),
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
  }
}

function toolOf(tool: Tool): object {
  if (isCustom(tool)) return writeCustomTool(tool, true)
  const { name, description, schema, strict } = tool
  return {
    type: 'function',
    function: {
      name,
      ...(description !== null && { description }),
      ...(schema !== null && { parameters: objectSchema(schema) }),
      ...(strict !== null && { strict }),
    },
  }
}

function formatOf(format: NonNullable<Conversation['format']>): object {
  if (format === 'json_object') return { type: 'json_object' }
  const { name, schema, strict } = format
  return { type: 'json_schema', json_schema: { name, schema, ...(strict !== null && { strict }) } }
}

function messagesOf(conversation: Conversation, turn: Turn): object[] {
  if (turn.role === 'assistant') return [assistantMessage(conversation, turn.parts)]
  // Results must come right after the calls that they answer.
  const results = turn.parts.filter(part => part.type === 'toolResult')
  const said = [...results.flatMap(filesOf), ...turn.parts.filter(part => part.type !== 'toolResult')]
  const messages = results.map(result => toolMessage(conversation, result))
  return said.length > 0 ? [...messages, { role: turn.role, content: contentOf(conversation, said) }] : messages
}

/** Results are text only there, so their images and documents are shown by the user, right after them. */
function filesOf({ id, content }: ToolResultPart): Part[] {
  const files = content.filter(part => textOf(part) === null)
  return files.length > 0
    ? [{ type: 'text', text: `Files in the result of ${carriedCallId(id, 'chat')}:` }, ...files]
    : []
}

function textOf(part: ResultContent): string | null {
  return part.type === 'text' ? part.text : part.type === 'document' ? documentText(part) : null
}

function contentOf(conversation: Conversation, parts: Part[]): unknown {
  const [only] = parts
  if (parts.length === 1 && only?.type === 'text') return only.text
  return parts.flatMap((part): object[] => {
    if (part.type === 'text' || part.type === 'refusal') return [{ type: 'text', text: part.text }]
    if (part.type === 'document') return [documentPart(conversation, part)]
    if (part.type !== 'image') return []
    const detail = part.detail === null ? {} : { detail: part.detail }
    return [{ type: 'image_url', image_url: { url: fileUrl(part.source), ...detail } }]
  })
}

function documentPart(conversation: Conversation, part: DocumentPart): object {
  const text = documentText(part)
  if (text !== null) return { type: 'text', text }
  return { type: 'file', file: { filename: part.name ?? 'document', file_data: documentData(conversation, part) } }
}

function toolMessage(conversation: Conversation, result: ToolResultPart): object {
  if (result.isError) conversation.dropped.add('messages.content.is_error')
  const texts = result.content.map(part => textOf(part) ?? '(in the next message)')
  return { role: 'tool', tool_call_id: carriedCallId(result.id, 'chat'), content: texts.join('\n') }
}

function callOf(call: ToolCallPart): object {
  return chatCall({ ...call, id: carriedCallId(call.id, 'chat') }, call.arguments)
}

function assistantMessage(conversation: Conversation, parts: Part[]): object {
  if (parts.some(part => part.type === 'thinking')) conversation.dropped.add('thinking')
  const texts = parts.flatMap(part => (part.type === 'text' ? [part.text] : []))
  const refusals = parts.flatMap(part => (part.type === 'refusal' ? [part.text] : []))
  const calls = parts.flatMap(part => (part.type === 'toolCall' ? [callOf(part)] : []))
  const silent = calls.length > 0 || refusals.length > 0
  return {
    role: 'assistant',
    content: texts.length > 0 ? texts.join('') : silent ? null : '',
    ...(refusals.length > 0 && { refusal: refusals.join('') }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}
