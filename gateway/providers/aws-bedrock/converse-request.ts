import type { Conversation, ImagePart, Part, Turn } from '#core/translation/conversation.ts'
import { cannotCarry, UntranslatableError } from '#core/translation/untranslatable.ts'

const IMAGE_FORMATS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
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
  const { system, temperature, topP, stop, dropped } = conversation
  if (conversation.format !== null) throw cannotCarry(conversation, 'format', 'Converse answers in text only.')
  if (conversation.reasoningEffort !== null) dropped.add('reasoning_effort')
  if (conversation.parallelTools !== null) dropped.add('parallel_tool_calls')
  if (conversation.userId !== null) dropped.add('user')
  const maxTokens = conversation.maxTokens ?? defaultTokens
  const inference = {
    ...(maxTokens !== null && { maxTokens }),
    ...(temperature !== null && { temperature }),
    ...(topP !== null && { topP }),
    ...(stop.length > 0 && { stopSequences: stop }),
  }
  return {
    messages: conversation.turns.flatMap(turn => messageOf(conversation, turn)),
    ...(system.length > 0 && { system: system.map(text => ({ text })) }),
    ...(Object.keys(inference).length > 0 && { inferenceConfig: inference }),
    ...toolsOf(conversation),
  }
}

function messageOf(conversation: Conversation, { role, parts }: Turn): object[] {
  const content = parts.flatMap(part => blockOf(conversation, part))
  return content.length > 0 ? [{ role, content }] : []
}

function blockOf(conversation: Conversation, part: Part): object[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ text: part.text }]
    case 'image':
      return [imageOf(part)]
    case 'toolCall':
      return [{ toolUse: { toolUseId: part.id, name: part.name, input: inputOf(conversation, part.arguments) } }]
    case 'toolResult': {
      const content = part.content.flatMap(inner => blockOf(conversation, inner))
      return [{ toolResult: { toolUseId: part.id, content, ...(part.isError && { status: 'error' }) } }]
    }
    case 'thinking':
      conversation.dropped.add('thinking')
      return []
  }
}

function imageOf({ source }: ImagePart): object {
  const format = source.kind === 'base64' ? IMAGE_FORMATS[source.mediaType] : undefined
  if (source.kind === 'base64' && format) return { image: { format, source: { bytes: source.data } } }
  const why = 'Send the image itself, as a data URL of a PNG, JPEG, GIF or WebP: Bedrock fetches none.'
  throw new UntranslatableError('messages.content.image_url', `The image cannot be carried to this model. ${why}`)
}

function inputOf(conversation: Conversation, text: string): object {
  try {
    const value: unknown = JSON.parse(text.trim() || '{}')
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {}
  throw cannotCarry(conversation, 'arguments', 'the arguments of a call must be a JSON object.')
}

function toolsOf({ tools, toolChoice, turns, dropped }: Conversation): object {
  const called = turns.some(({ parts }) => parts.some(({ type }) => type === 'toolCall' || type === 'toolResult'))
  if (toolChoice === 'none') {
    if (!called) return {}
    const why = 'Converse cannot forbid tools in a conversation that has used them. Leave it out.'
    throw new UntranslatableError('tool_choice', `"tool_choice" cannot be carried to this model: ${why}`)
  }
  if (tools.length === 0) return {}
  if (tools.some(({ strict }) => strict)) dropped.add('tools.strict')
  const specs = tools.map(({ name, description, schema }) => ({
    toolSpec: {
      name,
      ...(description && { description }),
      inputSchema: { json: schema ?? { type: 'object', properties: {} } },
    },
  }))
  return { toolConfig: { tools: specs, ...(toolChoice !== null && { toolChoice: choiceOf(toolChoice) }) } }
}

function choiceOf(choice: Exclude<Conversation['toolChoice'], null | 'none'>): object {
  if (typeof choice === 'object') return { tool: { name: choice.name } }
  return choice === 'required' ? { any: {} } : { auto: {} }
}
