import { proofIn } from '#core/translation/thinking-proof.ts'

/** As the gateway names the thoughts of a response that it translated. */
const TRANSLATED_ID = /^rs_resp_/

/**
 * A response request without the thoughts of models of other dialects; null: there are none. The provider knows neither
 * their ids nor what they hold, and once such a model has served a turn it would refuse all that follow.
 */
export function withoutForeignThoughts(fields: Record<string, unknown>): Record<string, unknown> | null {
  if (!Array.isArray(fields.input) || !fields.input.some(isForeign)) return null
  return { ...fields, input: fields.input.filter(item => !isForeign(item)) }
}

function isForeign(item: unknown): boolean {
  const { type, id, encrypted_content: encrypted } = (item ?? {}) as Record<string, unknown>
  if (type !== 'reasoning') return false
  return (
    (typeof id === 'string' && TRANSLATED_ID.test(id)) || (typeof encrypted === 'string' && proofIn(encrypted) !== null)
  )
}
