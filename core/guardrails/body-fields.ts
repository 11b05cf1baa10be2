/** Where in a request a text stands, by what the model takes it for. */
export type PartKind = 'system' | 'message' | 'input' | 'tool_call' | 'tool_result' | 'tool_definition' | 'other'

/** Names of the API itself, never what a person wrote; or signed bytes that only the provider reads. */
export const STRUCTURAL = new Set([
  'model',
  'role',
  'type',
  'object',
  'format',
  'media_type',
  'signature',
  'encrypted_content',
  'tool_call_id',
  'tool_use_id',
  'call_id',
  'previous_response_id',
  'encoding_format',
  'reasoning_effort',
  'service_tier',
  'finish_reason',
  'stop_reason',
])
/** Settings of a call: what is a number there counts something or is drawn at random, and no model reads it. */
export const SETTINGS = new Set(['seed', 'max_tokens', 'max_completion_tokens', 'max_output_tokens', 'top_k'])
export const TEXT_KEYS = new Set(['content', 'text', 'system', 'instructions', 'input', 'prompt', 'output', 'suffix'])
export const TOOL_CALLS = new Set<unknown>([
  'tool_use',
  'server_tool_use',
  'mcp_tool_use',
  'custom_tool_call',
  'mcp_call',
  'function_call',
])
export const ROOT_KINDS: Readonly<Record<string, PartKind>> = {
  system: 'system',
  instructions: 'system',
  messages: 'message',
  input: 'input',
  prompt: 'input',
  suffix: 'input',
  tools: 'tool_definition',
  functions: 'tool_definition',
}

/** Parts of an answer that hold what the model generated, in any dialect. */
export const ANSWER_ROOTS = new Set(['choices', 'content', 'output'])

/** A name of the API, an id that it gave, or bytes that are no text. */
export function isStructural(holder: Record<string, unknown>, key: string, item: unknown, kind: PartKind): boolean {
  if (typeof item === 'object' && item !== null) return false
  return STRUCTURAL.has(key) || (key === 'data' && holder.type === 'base64') || (key === 'id' && kind !== 'other')
}

/** Whose text stands within an object. */
export function kindOf({ role, type }: Record<string, unknown>, kind: PartKind): PartKind {
  if (role === 'system' || role === 'developer') return 'system'
  if (role === 'tool' || role === 'function' || type === 'tool_result') return 'tool_result'
  if (typeof type === 'string' && type.endsWith('_call_output')) return 'tool_result'
  return kind
}
