import type { Conversation, TranslatedDialect } from './conversation.ts'

/** Something in a request that the target dialect cannot carry, or that no dialect allows. */
export class UntranslatableError extends Error {
  /** The parameter, as the caller's dialect spells it. */
  readonly param: string

  constructor(param: string, message: string) {
    super(message)
    this.param = param
  }
}

type Carried = 'stop' | 'format' | 'temperature' | 'arguments' | 'logprobs' | 'document' | 'customTool' | 'customCall'

const NAMES: Readonly<Record<Carried, Readonly<Record<TranslatedDialect, string>>>> = {
  stop: { chat: 'stop', messages: 'stop_sequences', responses: 'stop' },
  format: { chat: 'response_format', messages: 'output_config.format', responses: 'text.format' },
  temperature: { chat: 'temperature', messages: 'temperature', responses: 'temperature' },
  arguments: {
    chat: 'messages.tool_calls.function.arguments',
    messages: 'messages.content.input',
    responses: 'input.arguments',
  },
  logprobs: { chat: 'logprobs', messages: 'logprobs', responses: 'include' },
  customTool: { chat: 'tools.custom', messages: 'tools', responses: 'tools.type' },
  customCall: { chat: 'messages.tool_calls.custom', messages: 'messages.content', responses: 'input.type' },
  document: { chat: 'messages.content.file', messages: 'messages.content.source', responses: 'input.content' },
}

/** The error for a field that the target cannot carry, under the name that the caller knows it by. */
export function cannotCarry(conversation: Conversation, what: Carried, why: string): UntranslatableError {
  const param = NAMES[what][conversation.dialect]
  return new UntranslatableError(param, `"${param}" cannot be carried to this model: ${why}`)
}
