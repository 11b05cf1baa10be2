import { carriedCallId } from '../carried-ids.ts'
import type {
  Conversation,
  DocumentPart,
  FileSource,
  ImagePart,
  Part,
  ThinkingPart,
  ToolCallPart,
} from '../conversation.ts'
import { cannotCarry } from '../untranslatable.ts'

/** The blocks of a message for a part; none where it is empty, or dropped by name. */
export function blockOf(conversation: Conversation, part: Part): object[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return isBlank(part.text) ? [] : [{ type: 'text', text: part.text }]
    case 'image':
      return [imageBlock(conversation, part)]
    case 'document':
      return [documentBlock(conversation, part)]
    case 'toolCall':
      return [toolUse(conversation, part)]
    case 'toolResult': {
      const content = part.content.flatMap(inner => blockOf(conversation, inner))
      const id = carriedCallId(part.id, 'messages')
      return [{ type: 'tool_result', tool_use_id: id, content, ...(part.isError && { is_error: true }) }]
    }
    case 'thinking':
      return thinkingBlock(conversation, part)
  }
}

/** Providers of messages refuse blank text, which other models say before they call a tool. */
export function isBlank(text: string): boolean {
  return text.trim() === ''
}

function toolUse(conversation: Conversation, { id, name, arguments: text }: ToolCallPart): object {
  return { type: 'tool_use', id: carriedCallId(id, 'messages'), name, input: inputOf(conversation, text) }
}

/** Only the provider that thought it can prove it; thoughts of others are refused there. */
function thinkingBlock(conversation: Conversation, { text, proof }: ThinkingPart): object[] {
  if (proof?.kind === 'signature') return [{ type: 'thinking', thinking: text, signature: proof.value }]
  if (proof?.kind === 'redacted') return [{ type: 'redacted_thinking', data: proof.value }]
  conversation.dropped.add('thinking')
  return []
}

function imageBlock(conversation: Conversation, { source, detail }: ImagePart): object {
  if (detail !== null && detail !== 'auto') conversation.dropped.add('image.detail')
  return { type: 'image', source: sourceOf(source) }
}

function documentBlock(conversation: Conversation, { source, name }: DocumentPart): object {
  const title = name === null ? {} : { title: name }
  if (source.kind === 'text') {
    return { type: 'document', source: { type: 'text', media_type: 'text/plain', data: source.text }, ...title }
  }
  if (source.kind === 'base64' && source.mediaType !== 'application/pdf') {
    throw cannotCarry(conversation, 'document', 'its documents are PDF or plain text.')
  }
  return { type: 'document', source: sourceOf(source), ...title }
}

function sourceOf(source: FileSource): object {
  if (source.kind === 'url') return { type: 'url', url: source.url }
  return { type: 'base64', media_type: source.mediaType, data: source.data }
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
