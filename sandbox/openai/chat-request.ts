import { z } from 'zod'
import { type Prompt, type PromptMessage, preparePrompt, type ToolChoice } from '../prompt.ts'
import { readRequest } from '../request-shape.ts'
import { VendorError } from '../vendor-error.ts'
import { findOpenAiModel } from './find-openai-model.ts'
import { reasoningBudget } from './usage.ts'

const Part = z.looseObject({ type: z.string(), text: z.string().optional() })
const Called = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }).optional(),
})
const Message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(Part)]).nullish(),
  tool_calls: z.array(Called).nullish(),
  tool_call_id: z.string().nullish(),
})
const Tool = z.looseObject({
  type: z.string(),
  function: z.looseObject({ name: z.string().min(1), parameters: z.unknown().optional() }).optional(),
})

const ChatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(Message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.int().min(1).max(128).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  tools: z.array(Tool).nullish(),
  tool_choice: z.union([z.enum(['none', 'auto', 'required']), z.looseObject({ type: z.string() })]).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: z.looseObject({ type: z.string() }).nullish(),
  reasoning_effort: z.string().nullish(),
})
type ChatRequest = z.infer<typeof ChatRequest>

export type ChatPrompt = { prompt: Prompt; choices: number; stream: boolean; includeUsage: boolean }

/**
 * Reads a chat completion request. Protocol: OpenAI API reference, "Create chat completion".
 *
 * @throws VendorError 400 or 404, worded as the vendor does
 */
export function readChatRequest(body: unknown): ChatPrompt {
  const request = readRequest('openai', ChatRequest, body)
  const model = findOpenAiModel(request.model, 'chat')
  checkToolResults(request)
  const functions = (request.tools ?? []).flatMap(tool => (tool.function ? [tool.function] : []))
  const prompt = preparePrompt({
    model,
    messages: request.messages.map(promptMessage),
    tools: functions.map(({ name, parameters }) => ({ name, schema: parameters })),
    toolChoice: toolChoice(request),
    parallelTools: request.parallel_tool_calls !== false,
    answerSchema: answerSchema(request.response_format),
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? null,
    stop: typeof request.stop === 'string' ? [request.stop] : (request.stop ?? []),
    reasoningBudget: reasoningBudget(model.reasons, request.reasoning_effort),
  })
  const includeUsage = request.stream_options?.include_usage === true
  return { prompt, choices: request.n ?? 1, stream: request.stream === true, includeUsage }
}

function promptMessage(message: z.infer<typeof Message>): PromptMessage {
  const { content } = message
  const calls = (message.tool_calls ?? []).map(call => `${call.function?.name ?? ''}${call.function?.arguments ?? ''}`)
  const parts = typeof content === 'string' ? [content] : (content ?? []).map(part => part.text ?? '')
  const images = typeof content === 'string' ? 0 : (content ?? []).filter(part => part.type === 'image_url').length
  return { role: promptRole(message.role), text: [...parts, ...calls].join('\n'), images }
}

function promptRole(role: z.infer<typeof Message>['role']): PromptMessage['role'] {
  if (role === 'developer') return 'system'
  return role === 'function' ? 'tool' : role
}

function toolChoice({ tool_choice: choice }: ChatRequest): ToolChoice {
  if (!choice) return 'auto'
  if (typeof choice === 'string') return choice
  const chosen = z.looseObject({ function: z.looseObject({ name: z.string() }) }).safeParse(choice)
  return chosen.success ? { name: chosen.data.function.name } : 'auto'
}

/** Schema behind a response format: `json_schema` names one, `json_object` allows any object. */
function answerSchema(format: ChatRequest['response_format']): unknown {
  if (format?.type === 'json_object') return { type: 'object', properties: { answer: { type: 'string' } } }
  if (format?.type !== 'json_schema') return undefined
  const named = z.looseObject({ json_schema: z.looseObject({ schema: z.unknown() }) }).safeParse(format)
  return named.success ? named.data.json_schema.schema : undefined
}

function checkToolResults({ messages }: ChatRequest): void {
  const called = new Set<string>()
  for (const [position, message] of messages.entries()) {
    for (const call of message.tool_calls ?? []) called.add(call.id)
    if (message.role !== 'tool' || called.has(message.tool_call_id ?? '')) continue
    const words = "Invalid parameter: messages with role 'tool' must answer a preceding message with 'tool_calls'."
    throw new VendorError(400, words, { param: `messages.[${position}].role` })
  }
}
