import { z } from 'zod'
import { digestOf, idFrom } from '../digest.ts'
import type { Exchange } from '../exchange.ts'
import { faultInText } from '../faults.ts'
import { readRequest } from '../request-shape.ts'
import { OPENAI_ERROR_FRAME } from './errors.ts'
import { findOpenAiModel } from './find-openai-model.ts'

const Part = z.looseObject({ type: z.enum(['text', 'image_url']), text: z.string().optional() })
const ModerationRequest = z.looseObject({
  model: z.string().default('sandbox-moderation'),
  input: z.union([z.string(), z.array(z.string()).min(1), z.array(Part).min(1)]),
})

/** What gives a text away; a demonstration, not a classifier. */
const CATEGORIES: Readonly<Record<string, RegExp>> = {
  harassment: /\b(idiot|moron|worthless)\b/i,
  'harassment/threatening': /\b(i will (hurt|find) you)\b/i,
  hate: /\b(subhuman|vermin)\b/i,
  'hate/threatening': /\b(exterminate (them|those people))\b/i,
  illicit: /\b(launder money|counterfeit)\b/i,
  'illicit/violent': /\b(pipe bomb|nerve agent)\b/i,
  'self-harm': /\b(hurt|harm) myself\b/i,
  'self-harm/intent': /\bi (want|plan) to (hurt|harm|kill) myself\b/i,
  'self-harm/instructions': /\bhow to (hurt|harm) (myself|yourself)\b/i,
  sexual: /\b(pornographic|explicit sex)\b/i,
  'sexual/minors': /\bsexuali[sz]ed? (child|minor)/i,
  violence: /\b(kill|stab|shoot|massacre)\b/i,
  'violence/graphic': /\b(dismember|gore)\b/i,
}

/** `POST /v1/moderations`. Protocol: OpenAI API reference, "Create moderation". */
export function prepareModeration(body: unknown): Exchange {
  const request = readRequest('openai', ModerationRequest, body)
  const model = findOpenAiModel(request.model, 'moderation')
  const texts = textsOf(request.input)
  const id = idFrom('modr-', digestOf(...texts))
  return {
    wire: 'openai',
    model: model.id,
    fault: faultInText(texts.at(-1) ?? '').fault,
    body: Buffer.from(JSON.stringify({ id, model: model.id, results: texts.map(resultFor) })),
    frames: null,
    errorFrame: OPENAI_ERROR_FRAME,
  }
}

/** A list of texts is judged one by one, a list of parts as a whole. */
function textsOf(input: z.infer<typeof ModerationRequest>['input']): string[] {
  if (typeof input === 'string') return [input]
  const texts = input.map(one => (typeof one === 'string' ? one : (one.text ?? '')))
  return typeof input[0] === 'string' ? texts : [texts.join('\n')]
}

function resultFor(text: string): object {
  const names = Object.keys(CATEGORIES)
  const hits = names.map(name => CATEGORIES[name]?.test(text) === true)
  const byName = <T>(value: (hit: boolean) => T) =>
    Object.fromEntries(names.map((name, at) => [name, value(hits[at] === true)]))
  return {
    flagged: hits.includes(true),
    categories: byName(hit => hit),
    category_scores: byName(hit => (hit ? 0.93 : 0.0004)),
    category_applied_input_types: byName(() => ['text']),
  }
}
