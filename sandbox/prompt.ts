import { digestOf } from './digest.ts'
import { type Fault, faultInText } from './faults.ts'
import type { SandboxModel } from './models.ts'
import { IMAGE_TOKENS, MESSAGE_TOKENS, tokensIn } from './token-estimate.ts'

/** One message of any wire, reduced to what an answer depends on. */
export type PromptMessage = {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly text: string
  readonly images: number
}

export type PromptTool = { readonly name: string; readonly schema: unknown }

export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string }

/** What each wire reads out of its request. */
export type PromptInput = {
  readonly model: SandboxModel
  readonly messages: readonly PromptMessage[]
  readonly tools: readonly PromptTool[]
  readonly toolChoice: ToolChoice
  readonly parallelTools: boolean
  /** JSON Schema that the answer must follow; undefined: free text. */
  readonly answerSchema?: unknown
  readonly maxTokens: number | null
  readonly stop: readonly string[]
  /** Reasoning tokens that the request allows for; null: none. */
  readonly reasoningBudget: number | null
}

/** A request of any wire, ready to be answered. */
export type Prompt = PromptInput & {
  readonly digest: string
  readonly inputTokens: number
  /** Tokens before the last message: the part that a prompt cache can hold. */
  readonly prefixTokens: number
  readonly question: string
  /** The last message is a tool's result. */
  readonly answersTool: boolean
  /** Faults that the question asks for. */
  readonly fault: Fault
}

/** Tokens of one message, images and wrapping included. */
export function messageTokens(message: PromptMessage): number {
  return tokensIn(message.text) + message.images * IMAGE_TOKENS + MESSAGE_TOKENS
}

/** Tokens of the tool definitions of a request. */
export function toolTokens(tools: readonly PromptTool[]): number {
  return tools.reduce((sum, tool) => sum + MESSAGE_TOKENS + tokensIn(tool.name + JSON.stringify(tool.schema ?? {})), 0)
}

/**
 * Counts, digests and reads the question of a request.
 *
 * @throws FaultSyntaxError when the question holds a fault that cannot be read
 */
export function preparePrompt(input: PromptInput): Prompt {
  const lastUser = input.messages.findLast(message => message.role === 'user')?.text ?? ''
  const { fault, text } = faultInText(lastUser)
  const last = input.messages.at(-1)
  const inputTokens = input.messages.reduce((sum, message) => sum + messageTokens(message), toolTokens(input.tools))
  return {
    ...input,
    digest: digestOf(input.model.id, ...input.messages.map(message => `${message.role}:${message.text}`)),
    inputTokens,
    prefixTokens: inputTokens - (last ? messageTokens(last) : 0),
    question: text,
    answersTool: last?.role === 'tool',
    fault,
  }
}
