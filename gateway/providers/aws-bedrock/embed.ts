import { fieldsIn } from '#core/translation/answer-fields.ts'
import { UntranslatableError } from '#core/translation/untranslatable.ts'
import { dropOthers, embeddingsAnswer, embeddingTexts } from '../embeddings.ts'
import type { Wire } from '../vendor.ts'
import { bedrockChatError } from './bedrock-error.ts'

/** Amazon Titan Text Embeddings (Bedrock user guide, "Amazon Titan Text Embeddings"): one text a call. */
const TITAN: Wire = {
  body(fields, { dropped }) {
    const texts = embeddingTexts(fields)
    if (texts.length !== 1) {
      throw new UntranslatableError('input', '"input" cannot be carried to this model: it takes one text a request')
    }
    dropOthers(fields, ['dimensions', 'normalize'], dropped)
    const { dimensions, normalize } = fields
    return {
      inputText: texts[0],
      ...(dimensions === undefined ? {} : { dimensions }),
      ...(normalize === undefined ? {} : { normalize }),
    }
  },
  answer(body, model, context) {
    const { embedding, inputTextTokenCount: tokens } = fieldsIn(body)
    return embeddingsAnswer([embedding], typeof tokens === 'number' ? tokens : null, model, context)
  },
  error: bedrockChatError,
}

/**
 * Cohere Embed (Bedrock user guide, "Cohere Embed models"). What the texts are for it must be told, so a caller's
 * `input_type` goes on; tokens are counted in a header of Bedrock's.
 */
const COHERE: Wire = {
  body(fields, { dropped }) {
    const { dimensions, input_type = 'search_document', truncate } = fields
    dropOthers(fields, ['dimensions', 'input_type', 'truncate'], dropped)
    return {
      texts: embeddingTexts(fields),
      input_type,
      embedding_types: ['float'],
      ...(dimensions === undefined ? {} : { output_dimension: dimensions }),
      ...(truncate === undefined ? {} : { truncate }),
    }
  },
  answer(body, model, context) {
    const { embeddings } = fieldsIn(body)
    const vectors = Array.isArray(embeddings) ? embeddings : fieldsIn(embeddings).float
    if (!Array.isArray(vectors)) throw new SyntaxError('no vectors')
    const counted = Number(context.headers['x-amzn-bedrock-input-token-count'] ?? Number.NaN)
    return embeddingsAnswer(vectors, Number.isInteger(counted) ? counted : null, model, context)
  },
  error: bedrockChatError,
}

/** How a model of Bedrock makes embeddings; null: it makes none, or in a form that is not known here. */
export function embeddingWire(model: string): Wire | null {
  if (model.includes('amazon.titan-embed-text')) return TITAN
  return model.includes('cohere.embed') ? COHERE : null
}
