import { CANNED_ANSWERS, GENERAL_ANSWERS } from './canned-answers.ts'
import { digestOf, numberFrom } from './digest.ts'
import type { Prompt, PromptTool } from './prompt.ts'
import { exampleFor } from './schema-example.ts'
import { firstTokens, tokensIn } from './token-estimate.ts'

export type ToolCall = { readonly name: string; readonly arguments: unknown; readonly digest: string }

/** What the model says, before a wire writes it down. */
export type Reply = {
  readonly digest: string
  readonly text: string
  readonly toolCalls: readonly ToolCall[]
  readonly reasoningTokens: number
  /** Generated tokens, reasoning included. */
  readonly outputTokens: number
  readonly finish: 'stop' | 'length' | 'tool_calls' | 'stop_sequence'
  readonly stopSequence: string | null
}

const TOOL_CALL_TOKENS = 8
/** What to say again, for whoever wants to choose an answer. */
const REPEAT = /^repeat: ?([\s\S]{1,20000})$/i

/** The reply to a prompt; `index` tells alternatives of one request apart, `answerTokens` fixes the length. */
export function replyTo(prompt: Prompt, index = 0, answerTokens: number | null = null): Reply {
  const digest = index === 0 ? prompt.digest : digestOf(prompt.digest, String(index))
  const wanted = reasoningTokens(prompt, digest)
  const limit = prompt.maxTokens ?? Number.POSITIVE_INFINITY
  const reasoning = Math.min(wanted, limit)
  const tools = toolsToCall(prompt)
  if (tools.length > 0 && wanted < limit) return toolReply(digest, tools, reasoning)
  return textReply(prompt, digest, reasoning, limit - reasoning, answerTokens)
}

function toolReply(digest: string, tools: readonly PromptTool[], reasoning: number): Reply {
  const toolCalls = tools.map((tool, position) => {
    const callDigest = digestOf(digest, tool.name, String(position))
    return { name: tool.name, arguments: exampleFor(tool.schema, callDigest), digest: callDigest }
  })
  const tokens = toolCalls.reduce((sum, call) => sum + TOOL_CALL_TOKENS + tokensIn(JSON.stringify(call.arguments)), 0)
  const finish = 'tool_calls'
  return {
    digest,
    text: '',
    toolCalls,
    reasoningTokens: reasoning,
    outputTokens: reasoning + tokens,
    finish,
    stopSequence: null,
  }
}

function textReply(
  prompt: Prompt,
  digest: string,
  reasoning: number,
  room: number,
  answerTokens: number | null,
): Reply {
  const { text: whole, sequence } = untilStop(answerText(prompt, digest, answerTokens), prompt.stop)
  const short = tokensIn(whole) > room
  const text = short ? firstTokens(whole, room) : whole
  return {
    digest,
    text,
    toolCalls: [],
    reasoningTokens: reasoning,
    outputTokens: reasoning + tokensIn(text),
    finish: short ? 'length' : sequence === null ? 'stop' : 'stop_sequence',
    stopSequence: short ? null : sequence,
  }
}

function answerText(prompt: Prompt, digest: string, answerTokens: number | null): string {
  if (prompt.answerSchema !== undefined) return JSON.stringify(exampleFor(prompt.answerSchema, digest))
  const length = answerTokens ?? prompt.fault.answerTokens ?? null
  if (length !== null)
    return firstTokens(
      GENERAL_ANSWERS.join(' ')
        .concat(' ')
        .repeat(Math.ceil(length / 100)),
      length,
    )
  const repeated = REPEAT.exec(prompt.question)?.[1]
  if (repeated) return repeated
  const texts = CANNED_ANSWERS.find(({ topic }) => topic.test(prompt.question))?.texts ?? GENERAL_ANSWERS
  return texts[numberFrom(digest) % texts.length] ?? ''
}

function untilStop(text: string, stop: readonly string[]): { text: string; sequence: string | null } {
  let end = text.length
  let sequence: string | null = null
  for (const candidate of stop) {
    const at = text.indexOf(candidate)
    if (at >= 0 && at < end) {
      end = at
      sequence = candidate
    }
  }
  return { text: text.slice(0, end), sequence }
}

/** Between a fifth and the whole of what the request allows for. */
function reasoningTokens(prompt: Prompt, digest: string): number {
  const budget = prompt.reasoningBudget
  if (!budget) return 0
  return Math.ceil(budget / 5) + (numberFrom(digest, 1) % Math.max(Math.floor((budget * 4) / 5), 1))
}

/** Tools are called when the request forces one, or when the question names them or asks for a tool. */
function toolsToCall(prompt: Prompt): readonly PromptTool[] {
  const { tools, toolChoice, question } = prompt
  if (toolChoice === 'none' || tools.length === 0) return []
  if (typeof toolChoice === 'object') return tools.filter(tool => tool.name === toolChoice.name)
  if (toolChoice === 'auto' && prompt.answersTool) return []
  const named = tools.filter(tool => mentions(question, tool.name))
  if (named.length > 0) return prompt.parallelTools ? named : named.slice(0, 1)
  return toolChoice === 'required' || /\btools?\b|\bcall\b/i.test(question) ? tools.slice(0, 1) : []
}

/** `get_weather` is mentioned by its name, by "get weather", and by "weather", its last word. */
function mentions(question: string, name: string): boolean {
  const lower = question.toLowerCase()
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[_\-\s.]+/)
  const lastWord = words.at(-1) ?? ''
  return (
    lower.includes(name.toLowerCase()) ||
    lower.includes(words.join(' ')) ||
    (lastWord.length > 3 && lower.includes(lastWord))
  )
}

const FRAGMENTS = /\S+\s*|\s+/g

/** The fragments in which a stream sends a text: a word each. */
export function fragmentsOf(text: string): readonly string[] {
  return text.match(FRAGMENTS) ?? []
}

/** The fragments in which a stream sends JSON. */
export function jsonFragmentsOf(value: unknown): readonly string[] {
  return JSON.stringify(value).match(/[\s\S]{1,16}/g) ?? []
}
