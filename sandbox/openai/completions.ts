import { z } from 'zod'
import { idFrom } from '../digest.ts'
import type { Exchange } from '../exchange.ts'
import { CREATED_AT } from '../models.ts'
import { type Prompt, preparePrompt } from '../prompt.ts'
import { fragmentsOf, type Reply, replyTo } from '../reply.ts'
import { readRequest } from '../request-shape.ts'
import { OPENAI_ERROR_FRAME } from './errors.ts'
import { findOpenAiModel } from './find-openai-model.ts'
import { chatUsage } from './usage.ts'

/** What a completion may generate when its request does not say. */
const DEFAULT_TOKENS = 16

const TokenIds = z.array(z.int().nonnegative()).min(1)
const CompletionRequest = z.looseObject({
  model: z.string(),
  prompt: z.union([z.string(), z.array(z.string()).min(1), TokenIds, z.array(TokenIds).min(1)]),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.int().min(1).max(128).nullish(),
  max_tokens: z.int().min(0).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  echo: z.boolean().nullish(),
  suffix: z.string().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
})
type CompletionRequest = z.infer<typeof CompletionRequest>

/** One choice: of each prompt there are `n`. */
type Choice = { readonly prompt: Prompt; readonly reply: Reply; readonly text: string }

/** `POST /v1/completions`. Protocol: OpenAI API reference, "Completions". */
export function prepareCompletion(body: unknown, answerTokens: number | null): Exchange {
  const request = readRequest('openai', CompletionRequest, body)
  const prompts = textsOf(request.prompt).map(text => promptOf(request, text))
  const [first] = prompts
  if (!first) throw new Error('a completion has a prompt')
  const choices = prompts.flatMap(prompt =>
    Array.from({ length: request.n ?? 1 }, (_, index): Choice => {
      const reply = replyTo(prompt, index, answerTokens)
      return { prompt, reply, text: request.echo ? prompt.question + reply.text : reply.text }
    }),
  )
  const head = {
    id: idFrom('cmpl-', first.digest),
    object: 'text_completion',
    created: CREATED_AT,
    model: first.model.id,
  }
  const usage = usageOf(prompts, choices)
  return {
    wire: 'openai',
    model: first.model.id,
    fault: first.fault,
    body: request.stream ? null : Buffer.from(JSON.stringify({ ...head, choices: choices.map(choiceOf), usage })),
    frames: request.stream ? framesOf(request, head, choices, usage) : null,
    errorFrame: OPENAI_ERROR_FRAME,
  }
}

function textsOf(prompt: CompletionRequest['prompt']): readonly string[] {
  if (typeof prompt === 'string') return [prompt]
  if (typeof prompt[0] === 'number') return [prompt.join(' ')]
  return (prompt as (string | number[])[]).map(one => (typeof one === 'string' ? one : one.join(' ')))
}

function promptOf(request: CompletionRequest, text: string): Prompt {
  return preparePrompt({
    model: findOpenAiModel(request.model, 'chat'),
    messages: [{ role: 'user', text, images: 0 }],
    tools: [],
    toolChoice: 'none',
    parallelTools: false,
    maxTokens: request.max_tokens ?? DEFAULT_TOKENS,
    stop: typeof request.stop === 'string' ? [request.stop] : (request.stop ?? []),
    reasoningBudget: null,
  })
}

function choiceOf({ reply, text }: Choice, index: number): object {
  return { index, text, logprobs: null, finish_reason: finishReason(reply) }
}

function finishReason(reply: Reply): string {
  return reply.finish === 'length' ? 'length' : 'stop'
}

function usageOf(prompts: readonly Prompt[], choices: readonly Choice[]): object {
  const each = prompts.map(prompt =>
    chatUsage(
      prompt,
      choices.filter(choice => choice.prompt === prompt).map(choice => choice.reply),
    ),
  )
  const prompt_tokens = each.reduce((sum, one) => sum + one.prompt_tokens, 0)
  const completion_tokens = each.reduce((sum, one) => sum + one.completion_tokens, 0)
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}

function framesOf(request: CompletionRequest, head: object, choices: readonly Choice[], usage: object): string[] {
  const wanted = request.stream_options?.include_usage === true
  const frame = (fields: object) =>
    `data: ${JSON.stringify({ ...head, ...(wanted && { usage: null }), ...fields })}\n\n`
  const frames = choices.flatMap(({ reply, text }, index) => {
    const chunk = (piece: string, finish: string | null) =>
      frame({ choices: [{ index, text: piece, logprobs: null, finish_reason: finish }] })
    return [...fragmentsOf(text).map(piece => chunk(piece, null)), chunk('', finishReason(reply))]
  })
  return [...frames, ...(wanted ? [frame({ choices: [], usage })] : []), 'data: [DONE]\n\n']
}
