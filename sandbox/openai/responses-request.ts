import { z } from 'zod'
import { type Prompt, type PromptMessage, preparePrompt, type ToolChoice } from '../prompt.ts'
import { readRequest } from '../request-shape.ts'
import { VendorError } from '../vendor-error.ts'
import { findOpenAiModel } from './find-openai-model.ts'
import { reasoningBudget } from './usage.ts'

const Part = z.looseObject({ type: z.string(), text: z.string().optional() })
const Content = z.union([z.string(), z.array(Part)])
const Item = z.looseObject({
  type: z.string().optional(),
  role: z.enum(['system', 'developer', 'user', 'assistant']).optional(),
  content: Content.nullish(),
  call_id: z.string().optional(),
  name: z.string().optional(),
  arguments: z.string().optional(),
  output: Content.optional(),
})

const ResponsesRequest = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(Item).min(1)]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  max_output_tokens: z.int().min(16).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  tools: z.array(z.looseObject({ type: z.string(), name: z.string().optional(), parameters: z.unknown() })).nullish(),
  tool_choice: z
    .union([z.enum(['none', 'auto', 'required']), z.looseObject({ type: z.string(), name: z.string().optional() })])
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  reasoning: z.looseObject({ effort: z.string().nullish() }).nullish(),
  text: z.looseObject({ format: z.looseObject({ type: z.string(), schema: z.unknown() }).optional() }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
})
export type ResponsesRequest = z.infer<typeof ResponsesRequest>
type Item = z.infer<typeof Item>

/**
 * Reads a response request. Protocol: OpenAI API reference, "Create a model response".
 *
 * @throws VendorError 400 or 404, worded as the vendor does
 */
export function readResponsesRequest(body: unknown): { request: ResponsesRequest; prompt: Prompt } {
  const request = readRequest('openai', ResponsesRequest, body)
  const model = findOpenAiModel(request.model, 'chat')
  const items: Item[] = typeof request.input === 'string' ? [{ role: 'user', content: request.input }] : request.input
  checkToolResults(items)
  const instructions: PromptMessage[] = request.instructions
    ? [{ role: 'system', text: request.instructions, images: 0 }]
    : []
  const prompt = preparePrompt({
    model,
    messages: [...instructions, ...items.map(promptMessage)],
    tools: (request.tools ?? []).flatMap(tool =>
      tool.type === 'function' && tool.name ? [{ name: tool.name, schema: tool.parameters }] : [],
    ),
    toolChoice: toolChoice(request),
    parallelTools: request.parallel_tool_calls !== false,
    answerSchema: answerSchema(request),
    maxTokens: request.max_output_tokens ?? null,
    stop: [],
    reasoningBudget: reasoningBudget(model.reasons, request.reasoning?.effort),
  })
  return { request, prompt }
}

function promptMessage(item: Item): PromptMessage {
  if (item.type === 'function_call_output') return { role: 'tool', ...textAndImages(item.output) }
  if (item.type === 'function_call') {
    return { role: 'assistant', text: `${item.name ?? ''}${item.arguments ?? ''}`, images: 0 }
  }
  const role = item.role === 'developer' ? 'system' : (item.role ?? 'assistant')
  return { role, ...textAndImages(item.content) }
}

function textAndImages(content: Item['content']): { text: string; images: number } {
  if (!content || typeof content === 'string') return { text: content ?? '', images: 0 }
  const images = content.filter(part => part.type === 'input_image').length
  return { text: content.map(part => part.text ?? '').join('\n'), images }
}

function toolChoice({ tool_choice: choice }: ResponsesRequest): ToolChoice {
  if (!choice) return 'auto'
  if (typeof choice === 'string') return choice
  return choice.name ? { name: choice.name } : 'auto'
}

function answerSchema({ text }: ResponsesRequest): unknown {
  if (text?.format?.type === 'json_object') return { type: 'object', properties: { answer: { type: 'string' } } }
  return text?.format?.type === 'json_schema' ? text.format.schema : undefined
}

function checkToolResults(items: readonly Item[]): void {
  const called = new Set<string | undefined>()
  for (const item of items) {
    if (item.type === 'function_call') called.add(item.call_id)
    if (item.type !== 'function_call_output' || called.has(item.call_id)) continue
    const words = `No tool call found for function call output with call_id ${item.call_id ?? ''}.`
    throw new VendorError(400, words, { param: 'input' })
  }
}
