import { carriedCallId } from '#core/translation/carried-ids.ts'
import type {
  Conversation,
  DocumentPart,
  ImagePart,
  Part,
  ToolCallPart,
  ToolResultPart,
  Turn,
} from '#core/translation/conversation.ts'
import { onlyFunctions } from '#core/translation/custom-tools.ts'
import { isBlank } from '#core/translation/messages/write-content.ts'
import { callableTools } from '#core/translation/tool-choice.ts'
import { objectSchema } from '#core/translation/tool-schema.ts'
import { cannotCarry, UntranslatableError } from '#core/translation/untranslatable.ts'

const IMAGE_FORMATS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

/** Converse takes no conversation that has used tools without a list of tools, which must not be empty. */
const NO_TOOL = {
  toolSpec: {
    name: 'no_tools_available',
    description: 'There are no tools any more. Never call this; answer with what is known.',
    inputSchema: { json: objectSchema(null) },
  },
}

/**
 * Writes a conversation as a request of Converse (Bedrock API reference, "Converse"); what is lost goes into its
 * dropped fields. `defaultTokens` limits the output where the caller does not; null: the model's own limit.
 *
 * @throws UntranslatableError naming what cannot be carried
 */
export function writeConverseRequest(
  conversation: Conversation,
  defaultTokens: number | null,
): Record<string, unknown> {
  const { temperature, topP, stop } = conversation
  if (conversation.format !== null) throw cannotCarry(conversation, 'format', 'Converse answers in text only.')
  if (conversation.logprobs !== null) throw cannotCarry(conversation, 'logprobs', 'Converse has none.')
  dropFields(conversation)
  const system = systemOf(conversation)
  const maxTokens = conversation.maxTokens ?? defaultTokens
  const inference = {
    ...(maxTokens !== null && { maxTokens }),
    ...(temperature !== null && { temperature }),
    ...(topP !== null && { topP }),
    ...(stop.length > 0 && { stopSequences: stop }),
  }
  return {
    messages: messagesOf(conversation),
    ...(system.length > 0 && { system: system.map(text => ({ text })) }),
    ...(Object.keys(inference).length > 0 && { inferenceConfig: inference }),
    ...toolsOf(conversation),
  }
}

function dropFields({ reasoningEffort, parallelTools, userId, openai, dropped }: Conversation): void {
  if (reasoningEffort !== null) dropped.add('reasoning_effort')
  if (parallelTools !== null) dropped.add('parallel_tool_calls')
  if (userId !== null) dropped.add('user')
  for (const name of Object.keys(openai)) dropped.add(name)
}

/** Instructions in the middle of a conversation move to its beginning. */
function systemOf({ system, turns, dropped }: Conversation): string[] {
  const later = turns.filter(({ role }) => role === 'system').flatMap(({ parts }) => parts)
  if (later.length > 0) dropped.add('position_of_system')
  return [...system, ...later.flatMap(part => (part.type === 'text' ? [part.text] : []))]
}

/** Roles must take turns there, so what an instruction stood between becomes one message. */
function messagesOf(conversation: Conversation): object[] {
  const messages: { role: Turn['role']; content: object[] }[] = []
  for (const { role, parts } of conversation.turns) {
    const content = role === 'system' ? [] : parts.flatMap(part => blockOf(conversation, part))
    if (content.length === 0) continue
    const last = messages.at(-1)
    if (last?.role === role) last.content.push(...content)
    else messages.push({ role, content })
  }
  return messages
}

function blockOf(conversation: Conversation, part: Part): object[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return isBlank(part.text) ? [] : [{ text: part.text }]
    case 'image':
      return [imageOf(part)]
    case 'document':
      return [documentOf(conversation, part)]
    case 'toolCall':
      return [{ toolUse: { toolUseId: idOf(part), name: part.name, input: inputOf(conversation, part.arguments) } }]
    case 'toolResult': {
      const content = part.content.flatMap(inner => blockOf(conversation, inner))
      return [{ toolResult: { toolUseId: idOf(part), content, ...(part.isError && { status: 'error' }) } }]
    }
    case 'thinking':
      conversation.dropped.add('thinking')
      return []
  }
}

/** Converse takes the ids that messages take. */
function idOf({ id }: ToolCallPart | ToolResultPart): string {
  return carriedCallId(id, 'messages')
}

function imageOf({ source }: ImagePart): object {
  const format = source.kind === 'base64' ? IMAGE_FORMATS[source.mediaType] : undefined
  if (source.kind === 'base64' && format) return { image: { format, source: { bytes: source.data } } }
  const why = 'Send the image itself, as a data URL of a PNG, JPEG, GIF or WebP: Bedrock fetches none.'
  throw new UntranslatableError('messages.content.image_url', `The image cannot be carried to this model. ${why}`)
}

/** The name of a document is part of the prompt there, and may hold few characters. */
function documentOf(conversation: Conversation, { source, name }: DocumentPart): object {
  const named = (name ?? 'document').replace(/[^A-Za-z0-9 ()[\]-]+/g, ' ').trim() || 'document'
  if (source.kind === 'text') {
    const bytes = Buffer.from(source.text).toString('base64')
    return { document: { format: 'txt', name: named, source: { bytes } } }
  }
  if (source.kind === 'base64' && source.mediaType === 'application/pdf') {
    return { document: { format: 'pdf', name: named, source: { bytes: source.data } } }
  }
  throw cannotCarry(conversation, 'document', 'send the document itself, as PDF or plain text.')
}

function inputOf(conversation: Conversation, text: string): object {
  try {
    const value: unknown = JSON.parse(text.trim() || '{}')
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {}
  throw cannotCarry(conversation, 'arguments', 'the arguments of a call must be a JSON object.')
}

function toolsOf(conversation: Conversation): object {
  const { toolChoice, turns, dropped } = conversation
  const tools = onlyFunctions(conversation, callableTools(conversation))
  const called = turns.some(({ parts }) => parts.some(({ type }) => type === 'toolCall' || type === 'toolResult'))
  if (toolChoice === 'none') {
    if (!called) return {}
    const why = 'Converse cannot forbid tools in a conversation that has used them. Leave it out.'
    throw new UntranslatableError('tool_choice', `"tool_choice" cannot be carried to this model: ${why}`)
  }
  if (tools.length === 0) return called ? { toolConfig: { tools: [NO_TOOL] } } : {}
  if (tools.some(({ strict }) => strict)) dropped.add('tools.strict')
  const specs = tools.map(({ name, description, schema }) => ({
    toolSpec: {
      name,
      ...(description && { description }),
      inputSchema: { json: objectSchema(schema) },
    },
  }))
  return { toolConfig: { tools: specs, ...(toolChoice !== null && { toolChoice: choiceOf(toolChoice) }) } }
}

function choiceOf(choice: Exclude<Conversation['toolChoice'], null | 'none'>): object {
  if (typeof choice === 'object' && 'name' in choice) return { tool: { name: choice.name } }
  const mode = typeof choice === 'object' ? choice.mode : choice
  return mode === 'required' ? { any: {} } : { auto: {} }
}
