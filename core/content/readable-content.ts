import { z } from 'zod'
import { type FileSource, type Part, TRANSLATED_DIALECTS } from '#core/translation/conversation.ts'
import { TRANSLATIONS } from '#core/translation/translated-dialects.ts'
import { AnswerPart } from './answer-part.ts'
import { completeJson } from './complete-json.ts'
import type { RequestContent } from './content-frame.ts'

/** Something said, asked of a tool or answered by one. */
export const ReadablePart = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['text', 'thinking', 'refusal']), text: z.string() }),
  z.strictObject({ type: z.enum(['image', 'document']), text: z.string() }),
  z.strictObject({ type: z.literal('toolCall'), name: z.string(), text: z.string() }),
  z.strictObject({ type: z.literal('toolResult'), text: z.string() }),
])
export type ReadablePart = z.infer<typeof ReadablePart>

/** A turn of a conversation as a person reads it. */
export const ReadableTurn = z.strictObject({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  parts: z.array(ReadablePart),
})
export type ReadableTurn = z.infer<typeof ReadableTurn>

/** Content as a person reads it; null where the texts do not say it, which are then shown as they are. */
export interface ReadableContent {
  readonly conversation: readonly ReadableTurn[] | null
  /** One for each choice that was asked for, in their order. */
  readonly answers: readonly (readonly ReadablePart[])[] | null
}

/** Reads content in the dialect of its request. Never throws: what cannot be read stays text. */
export function readableContent(dialect: string, { request, response }: RequestContent): ReadableContent {
  return {
    conversation: attempt(() => conversationOf(dialect, parse(request.text, request.truncated))),
    answers: response && attempt(() => answersOf(dialect, response)),
  }
}

function attempt<T>(read: () => T | null): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

function parse(text: string, truncated: boolean): unknown {
  return JSON.parse(truncated ? completeJson(text) : text)
}

const Embeddings = z.looseObject({ input: z.union([z.string(), z.array(z.string())]) })
const Prompt = z.looseObject({ prompt: z.union([z.string(), z.array(z.string())]) })

function conversationOf(dialect: string, body: unknown): ReadableTurn[] | null {
  const translated = TRANSLATED_DIALECTS.find(one => one === dialect)
  if (translated) {
    const { system, turns } = TRANSLATIONS[translated].readRequest(body)
    return [
      ...system.map(text => ({ role: 'system' as const, parts: [{ type: 'text' as const, text }] })),
      ...turns.map(({ role, parts }) => ({ role, parts: parts.flatMap(readablePart) })),
    ]
  }
  if (dialect === 'count_tokens') return conversationOf('messages', body)
  const texts = Embeddings.safeParse(body).data?.input ?? Prompt.safeParse(body).data?.prompt
  if (texts === undefined) return null
  return [{ role: 'user', parts: [texts].flat().map(text => ({ type: 'text' as const, text })) }]
}

function readablePart(part: Part): ReadablePart[] {
  switch (part.type) {
    case 'text':
    case 'thinking':
    case 'refusal':
      return [{ type: part.type, text: part.text }]
    case 'toolCall':
      return [{ type: 'toolCall', name: part.name, text: part.arguments }]
    case 'toolResult':
      return [{ type: 'toolResult', text: part.content.map(resultText).join('\n') }]
    case 'image':
      return [{ type: 'image', text: sourceText(part.source) }]
    case 'document': {
      const text = part.source.kind === 'text' ? part.source.text : sourceText(part.source)
      return [{ type: 'document', text: part.name ? `${part.name}: ${text}` : text }]
    }
  }
}

function resultText(part: { type: string; text?: string }): string {
  return part.text ?? `[${part.type}]`
}

function sourceText(source: FileSource): string {
  return source.kind === 'url' ? source.url : `${source.mediaType}, kept as sent`
}

const Completion = z.looseObject({ choices: z.array(z.looseObject({ text: z.string() })) })
const Failed = z.looseObject({ error: z.looseObject({ message: z.string() }) })

const Choices = z.looseObject({ choices: z.array(z.looseObject({ index: z.int().optional() })).min(1) })

function answersOf(dialect: string, response: NonNullable<RequestContent['response']>): ReadablePart[][] | null {
  const body = parse(response.text, response.truncated)
  if (response.form === 'stream') {
    return streamedAnswers(z.array(AnswerPart).parse(body))
  }
  const failed = Failed.safeParse(body).data
  if (failed) return [[{ type: 'text', text: failed.error.message }]]
  const completion = Completion.safeParse(body).data
  if (completion) return completion.choices.map(({ text }) => [{ type: 'text', text }])
  const translated = TRANSLATED_DIALECTS.find(one => one === dialect)
  if (!translated) return null
  const read = (one: unknown) => TRANSLATIONS[translated].readAnswer(one).parts.flatMap(readablePart)
  const several = Choices.safeParse(body).data
  if (!several) return [read(body)]
  const choices = several.choices.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0))
  return choices.map(choice => read({ ...several, choices: [choice] }))
}

/** A stream that said nothing is an answer without parts. */
function streamedAnswers(parts: readonly AnswerPart[]): ReadablePart[][] {
  const choices = [...new Set(parts.map(({ choice }) => choice))].sort((a, b) => a - b)
  if (choices.length === 0) return [[]]
  return choices.map(choice => parts.filter(part => part.choice === choice).map(streamedPart))
}

function streamedPart(part: AnswerPart): ReadablePart {
  return part.type === 'toolCall'
    ? { type: 'toolCall', name: part.name, text: part.arguments }
    : { type: part.type, text: part.text }
}
