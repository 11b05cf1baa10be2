/**
 * Stands for the signature of a thought where a conversation has none. Gemini refuses calls of tools in its current turn
 * without one, also those that another model made or that came through another dialect (Gemini API, "Thought
 * signatures", frequently asked questions).
 */
const UNSIGNED = { google: { thought_signature: 'skip_thought_signature_validator' } }

/** Models of the first two generations do not ask for signatures; names without a number are of the newest. */
const ASKS_FOR_SIGNATURES = /(^|\/)gemini-(?![12]\b)/

/** A chat with a signature on the first call of each message that has none; null: nothing lacks. */
export function withSignatures(fields: Record<string, unknown>, model: string): Record<string, unknown> | null {
  if (!ASKS_FOR_SIGNATURES.test(model) || !Array.isArray(fields.messages)) return null
  const messages = fields.messages.map(signed)
  return messages.some((message, at) => message !== (fields.messages as unknown[])[at]) ? { ...fields, messages } : null
}

function signed(message: unknown): unknown {
  const { tool_calls: calls } = (message ?? {}) as { tool_calls?: unknown }
  const first: unknown = Array.isArray(calls) ? calls[0] : null
  if (typeof first !== 'object' || first === null || 'extra_content' in first) return message
  return {
    ...(message as object),
    tool_calls: [{ ...first, extra_content: UNSIGNED }, ...(calls as unknown[]).slice(1)],
  }
}
