import type { Conversation, FunctionTool, Turn } from '../conversation.ts'
import { onlyFunctions } from '../custom-tools.ts'
import { callableTools } from '../tool-choice.ts'
import { objectSchema } from '../tool-schema.ts'
import type { WriteOptions } from '../translated-dialects.ts'
import { cannotCarry } from '../untranslatable.ts'
import { blockOf, isBlank } from './write-content.ts'

/**
 * Writes a conversation as a messages request; what is lost goes into its dropped fields.
 *
 * @throws UntranslatableError naming what cannot be carried
 */
export function writeMessagesRequest(conversation: Conversation, options: WriteOptions): Record<string, unknown> {
  const { temperature, topP, topK, stop, format } = conversation
  refuseFields(conversation)
  dropFields(conversation)
  const system = systemOf(conversation)
  const tools = onlyFunctions(conversation, callableTools(conversation))
  const userId = userOf(conversation)
  return {
    model: options.model,
    max_tokens: conversation.maxTokens ?? options.maxTokens,
    ...(system.length > 0 && {
      system: system.length === 1 ? system[0] : system.map(text => ({ type: 'text', text })),
    }),
    messages: conversation.turns.flatMap(turn => messageOf(conversation, turn)),
    ...(tools.length > 0 && { tools: tools.map(tool => toolOf(conversation, tool)) }),
    ...(tools.length > 0 && choiceOf(conversation)),
    ...(chosen(temperature) && { temperature }),
    ...(chosen(topP) && { top_p: topP }),
    ...(topK !== null && { top_k: topK }),
    ...(stop.length > 0 && { stop_sequences: stop }),
    ...(userId !== null && { metadata: { user_id: userId } }),
    ...(format !== null &&
      format !== 'json_object' && { output_config: { format: { type: 'json_schema', schema: format.schema } } }),
    ...(conversation.stream && { stream: true }),
  }
}

/** Whether a setting is another than its default, 1: newer models take only one of the two, or neither. */
function chosen(setting: number | null): boolean {
  return setting !== null && setting !== 1
}

function refuseFields(conversation: Conversation): void {
  const { temperature, format, logprobs } = conversation
  if (temperature !== null && temperature > 1) throw cannotCarry(conversation, 'temperature', 'its highest is 1.')
  if (format === 'json_object') {
    throw cannotCarry(conversation, 'format', 'it takes a JSON schema, not any JSON. Use the type "json_schema".')
  }
  if (logprobs !== null) throw cannotCarry(conversation, 'logprobs', 'its dialect has no log probabilities.')
}

function dropFields({ reasoningEffort, openai, userId, dropped }: Conversation): void {
  if (reasoningEffort !== null) dropped.add('reasoning_effort')
  for (const name of Object.keys(openai)) {
    if (name !== 'safety_identifier' || userId !== null) dropped.add(name)
  }
}

/** Both names tell the provider which end user asks, without saying who that is. */
function userOf({ userId, openai }: Conversation): string | null {
  const { safety_identifier: identifier } = openai
  return userId ?? (typeof identifier === 'string' ? identifier : null)
}

/** Instructions in the middle of a conversation move to its beginning. */
function systemOf({ system, turns, dropped }: Conversation): string[] {
  const later = turns.filter(turn => turn.role === 'system').flatMap(turn => turn.parts)
  if (later.length > 0) dropped.add('position_of_system')
  return [...system, ...later.flatMap(part => (part.type === 'text' ? [part.text] : []))]
}

function messageOf(conversation: Conversation, turn: Turn): object[] {
  if (turn.role === 'system') return []
  // The results of tools must come first in the message that answers a call.
  const results = turn.parts.filter(part => part.type === 'toolResult')
  const others = turn.parts.filter(part => part.type !== 'toolResult')
  const [only] = others
  if (turn.parts.length === 1 && only?.type === 'text' && !isBlank(only.text)) {
    return [{ role: turn.role, content: only.text }]
  }
  const content = [...results, ...others].flatMap(part => blockOf(conversation, part))
  return content.length > 0 ? [{ role: turn.role, content }] : []
}

function toolOf(conversation: Conversation, { name, description, schema, strict }: FunctionTool): object {
  if (strict) conversation.dropped.add('tools.strict')
  return {
    name,
    ...(description !== null && { description }),
    input_schema: objectSchema(schema),
  }
}

function choiceOf({ toolChoice, parallelTools }: Conversation): object {
  if (toolChoice === null && parallelTools === null) return {}
  const choice = toolChoice ?? 'auto'
  const single = parallelTools !== null && choice !== 'none' ? { disable_parallel_tool_use: !parallelTools } : {}
  if (typeof choice === 'object' && 'name' in choice) {
    return { tool_choice: { type: 'tool', name: choice.name, ...single } }
  }
  const mode = typeof choice === 'object' ? choice.mode : choice
  return { tool_choice: { type: mode === 'required' ? 'any' : mode, ...single } }
}
