import { z } from 'zod'
import { digestOf, numberFrom, seededRandom } from '../digest.ts'
import type { Exchange } from '../exchange.ts'
import { faultInText, NO_FAULT } from '../faults.ts'
import { readRequest } from '../request-shape.ts'
import { tokensIn } from '../token-estimate.ts'
import { OPENAI_ERROR_FRAME } from './errors.ts'
import { findOpenAiModel } from './find-openai-model.ts'

const DEFAULT_DIMENSIONS = 1536

const TokenIds = z.array(z.int().nonnegative()).min(1)
const EmbeddingsRequest = z.looseObject({
  model: z.string(),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2048), TokenIds, z.array(TokenIds).min(1)]),
  dimensions: z.int().min(1).max(3072).nullish(),
  encoding_format: z.enum(['float', 'base64']).nullish(),
})
type EmbeddingsInput = z.infer<typeof EmbeddingsRequest>['input']

/** `POST /v1/embeddings`. Protocol: OpenAI API reference, "Create embeddings". */
export function prepareEmbeddings(body: unknown): Exchange {
  const request = readRequest('openai', EmbeddingsRequest, body)
  const model = findOpenAiModel(request.model, 'embedding')
  const inputs = inputsOf(request.input)
  const dimensions = request.dimensions ?? DEFAULT_DIMENSIONS
  const tokens = inputs.reduce((sum, input) => sum + (typeof input === 'string' ? tokensIn(input) : input.length), 0)
  const data = inputs.map((input, index) => {
    const vector = embeddingOf(typeof input === 'string' ? input : input.join(','), dimensions)
    const embedding = request.encoding_format === 'base64' ? base64Of(vector) : Array.from(vector)
    return { object: 'embedding', index, embedding }
  })
  const usage = { prompt_tokens: tokens, total_tokens: tokens }
  const last = inputs.at(-1)
  return {
    wire: 'openai',
    model: model.id,
    fault: typeof last === 'string' ? faultInText(last).fault : NO_FAULT,
    body: Buffer.from(JSON.stringify({ object: 'list', data, model: model.id, usage })),
    frames: null,
    errorFrame: OPENAI_ERROR_FRAME,
  }
}

function inputsOf(input: EmbeddingsInput): readonly (string | readonly number[])[] {
  if (typeof input === 'string') return [input]
  return isTokenIds(input) ? [input] : input
}

function isTokenIds(input: Exclude<EmbeddingsInput, string>): input is number[] {
  return typeof input[0] === 'number'
}

/** A vector of length one, the same for the same text. */
function embeddingOf(text: string, dimensions: number): Float32Array {
  const random = seededRandom(numberFrom(digestOf(text)))
  const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5)
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return vector.map(value => value / length)
}

/** Little-endian 32-bit floats in base64, as the vendor's `encoding_format: base64`. */
function base64Of(vector: Float32Array): string {
  return Buffer.from(vector.buffer).toString('base64')
}
