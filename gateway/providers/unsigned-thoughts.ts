/**
 * A messages request without the thoughts that nobody signed; null: there are none. A model of another dialect signs
 * none, and once it has served a turn of a conversation, as after a failover, Claude would refuse all that follow.
 */
export function withoutUnsignedThoughts(fields: Record<string, unknown>): Record<string, unknown> | null {
  if (!Array.isArray(fields.messages) || !fields.messages.some(holdsUnsigned)) return null
  const messages = fields.messages.flatMap((message: { content: unknown[] }) => {
    if (!holdsUnsigned(message)) return [message]
    const content = message.content.filter(block => !isUnsigned(block))
    return content.length > 0 ? [{ ...message, content }] : []
  })
  return { ...fields, messages }
}

function holdsUnsigned(message: unknown): boolean {
  const { content } = (message ?? {}) as { content?: unknown }
  return Array.isArray(content) && content.some(isUnsigned)
}

function isUnsigned(block: unknown): boolean {
  const { type, signature } = (block ?? {}) as { type?: unknown; signature?: unknown }
  return type === 'thinking' && (signature === undefined || signature === null || signature === '')
}
