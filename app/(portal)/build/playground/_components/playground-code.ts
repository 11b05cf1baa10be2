import type { AskModelInput } from '#lib/playground/schema.ts'

/** The same call with curl, on whichever wire the model speaks. */
export function playgroundCode(call: {
  gatewayUrl: string
  dialect: 'chat' | 'messages'
  model: string
  system: string
  messages: AskModelInput['messages']
  maxTokens: number
}): string {
  const { gatewayUrl, dialect, model, system, messages, maxTokens } = call
  const asked = messages.length > 0 ? messages : [{ role: 'user' as const, content: 'Say hello' }]
  const body =
    dialect === 'chat'
      ? {
          model,
          max_completion_tokens: maxTokens,
          messages: system ? [{ role: 'system', content: system }, ...asked] : asked,
        }
      : { model, max_tokens: maxTokens, ...(system ? { system } : {}), messages: asked }
  const path = dialect === 'chat' ? '/v1/chat/completions' : '/v1/messages'
  return `curl ${gatewayUrl}${path} \\
  -H "authorization: Bearer $GATEHOUSE_API_KEY" \\
  -H "content-type: application/json" \\
  -d ${shellQuoted(JSON.stringify(body, null, 2))}`
}

/** A text as one word of a POSIX shell. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
