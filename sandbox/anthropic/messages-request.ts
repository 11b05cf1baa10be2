import { z } from 'zod'
import { findModel } from '../models.ts'
import { type Prompt, type PromptMessage, preparePrompt, type ToolChoice } from '../prompt.ts'
import { readRequest } from '../request-shape.ts'
import { VendorError } from '../vendor-error.ts'
import { Block, blockText, CacheControl } from './content-block.ts'
import { type PromptCacheUse, promptCacheUse } from './prompt-cache.ts'

const Content = z.union([z.string(), z.array(Block)])
const Message = z.looseObject({ role: z.enum(['user', 'assistant', 'system']), content: Content })
const Tool = z.looseObject({
  name: z.string().min(1),
  input_schema: z.unknown().optional(),
  cache_control: CacheControl.nullish(),
})

const CountTokensRequest = z.looseObject({
  model: z.string(),
  messages: z.array(Message).min(1),
  system: Content.optional(),
  tools: z.array(Tool).optional(),
  tool_choice: z
    .looseObject({
      type: z.enum(['auto', 'any', 'tool', 'none']),
      name: z.string().optional(),
      disable_parallel_tool_use: z.boolean().optional(),
    })
    .optional(),
})
const MessagesRequest = CountTokensRequest.extend({
  max_tokens: z.int().min(1),
  stream: z.boolean().optional(),
  temperature: z.number().min(0).max(1).optional(),
  stop_sequences: z.array(z.string()).optional(),
  output_config: z
    .looseObject({ format: z.looseObject({ type: z.literal('json_schema'), schema: z.unknown() }).nullish() })
    .optional(),
  thinking: z
    .looseObject({
      type: z.enum(['enabled', 'disabled', 'adaptive']),
      budget_tokens: z.int().min(1024).optional(),
    })
    .optional(),
})
type MessagesRequest = z.infer<typeof MessagesRequest>

const ADAPTIVE_THINKING_TOKENS = 320
/** A budget is a ceiling that the model rarely uses up. */
const THINKING_SHARE = 0.25

export type MessagesPrompt = { prompt: Prompt; stream: boolean; cache: PromptCacheUse }

/**
 * Reads a messages request. Protocol: Anthropic API reference, "Create a message".
 *
 * @throws VendorError 400 or 404, worded as the vendor does
 */
export function readMessagesRequest(body: unknown): MessagesPrompt {
  const request = readRequest('anthropic', MessagesRequest, body)
  checkToolResults(request.messages)
  const { thinking } = request
  if (thinking?.type === 'enabled' && (thinking.budget_tokens ?? 0) >= request.max_tokens) {
    throw new VendorError(400, '`max_tokens` must be greater than `thinking.budget_tokens`.')
  }
  const prompt = promptOf(request, {
    maxTokens: request.max_tokens,
    stop: request.stop_sequences ?? [],
    answerSchema: request.output_config?.format?.schema,
    reasoningBudget: thinkingBudget(thinking),
  })
  return { prompt, stream: request.stream === true, cache: promptCacheUse(request, prompt.inputTokens) }
}

/** Reads a token counting request. Protocol: Anthropic API reference, "Count tokens in a message". */
export function readCountTokensRequest(body: unknown): Prompt {
  return promptOf(readRequest('anthropic', CountTokensRequest, body), {
    maxTokens: null,
    stop: [],
    reasoningBudget: null,
  })
}

function promptOf(
  request: z.infer<typeof CountTokensRequest>,
  limits: Pick<Prompt, 'answerSchema' | 'maxTokens' | 'stop' | 'reasoningBudget'>,
): Prompt {
  const model = findModel('anthropic', request.model)
  if (!model) throw new VendorError(404, `model: ${request.model}`)
  const system = request.system === undefined ? [] : [{ role: 'system' as const, content: request.system }]
  return preparePrompt({
    model,
    messages: [...system, ...request.messages].map(promptMessage),
    tools: (request.tools ?? []).map(tool => ({ name: tool.name, schema: tool.input_schema })),
    toolChoice: toolChoice(request.tool_choice),
    parallelTools: request.tool_choice?.disable_parallel_tool_use !== true,
    ...limits,
  })
}

function promptMessage({ role, content }: z.infer<typeof Message>): PromptMessage {
  if (typeof content === 'string') return { role, text: content, images: 0 }
  const images = content.filter(block => block.type === 'image').length
  const onlyResults = content.length > 0 && content.every(block => block.type === 'tool_result')
  return { role: onlyResults ? 'tool' : role, text: content.map(blockText).join('\n'), images }
}

function toolChoice(choice: MessagesRequest['tool_choice']): ToolChoice {
  if (choice?.type === 'any') return 'required'
  if (choice?.type === 'tool') return { name: choice.name ?? '' }
  return choice?.type ?? 'auto'
}

function thinkingBudget(thinking: MessagesRequest['thinking']): number | null {
  if (thinking?.type === 'enabled') return Math.ceil((thinking.budget_tokens ?? 1024) * THINKING_SHARE)
  return thinking?.type === 'adaptive' ? ADAPTIVE_THINKING_TOKENS : null
}

function checkToolResults(messages: MessagesRequest['messages']): void {
  const used = new Set<string | undefined>()
  for (const [position, { content }] of messages.entries()) {
    if (typeof content === 'string') continue
    for (const [place, block] of content.entries()) {
      if (block.type === 'tool_use') used.add(block.id)
      if (block.type !== 'tool_result' || used.has(block.tool_use_id)) continue
      const words = `unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${block.tool_use_id ?? ''}. Each must answer a \`tool_use\` block of the previous message.`
      throw new VendorError(400, `messages.${position}.content.${place}: ${words}`)
    }
  }
}
