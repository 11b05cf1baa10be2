import { UntranslatableError } from '#core/translation/untranslatable.ts'
import type { AnswerContext } from './vendor.ts'

/** Fields of an embeddings request that have no effect on the vectors. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['model', 'input', 'encoding_format'])

/** The texts of an embeddings request. Throws UntranslatableError for tokens, which only their own vendor reads. */
export function embeddingTexts({ input }: Record<string, unknown>): string[] {
  const texts = typeof input === 'string' ? [input] : input
  if (Array.isArray(texts) && texts.every(text => typeof text === 'string')) return texts
  throw new UntranslatableError('input', '"input" cannot be carried to this model: it takes texts, not tokens')
}

/** Notes the fields that are not among those carried. */
export function dropOthers(fields: Record<string, unknown>, carried: readonly string[], dropped: Set<string>): void {
  for (const name of Object.keys(fields)) {
    if (!WITHOUT_EFFECT.has(name) && !carried.includes(name)) dropped.add(name)
  }
}

/**
 * Vectors as OpenAI's clients read them: numbers, or the base64 of 32-bit floats, which its SDKs ask for unless told
 * otherwise. Throws SyntaxError when a vector is none.
 *
 * @param tokens null: the vendor counted none
 */
export function embeddingsAnswer(
  vectors: readonly unknown[],
  tokens: number | null,
  model: string,
  { fields }: AnswerContext,
): object {
  const packed = fields.encoding_format === 'base64'
  return {
    object: 'list',
    data: vectors.map((vector, index) => {
      if (!isVector(vector)) throw new SyntaxError('no vector')
      return { object: 'embedding', index, embedding: packed ? packedVector(vector) : vector }
    }),
    model,
    ...(tokens === null ? {} : { usage: { prompt_tokens: tokens, total_tokens: tokens } }),
  }
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every(one => typeof one === 'number')
}

function packedVector(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4)
  vector.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4)
  })
  return bytes.toString('base64')
}
