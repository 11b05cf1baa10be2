import { createParser } from 'eventsource-parser'
import type { GatewayCall } from './ask-model.ts'
import type { PlaygroundEvent } from './schema.ts'

interface Tally {
  inputTokens: number | null
  outputTokens: number | null
  ended: boolean
}

/** Turns the gateway's answer, of either dialect, into the playground's own events. */
export async function* readAnswer({ dialect, response }: GatewayCall): AsyncGenerator<PlaygroundEvent> {
  const requestId = response.headers.get('x-request-id')
  if (!response.ok || !response.body) {
    yield { type: 'error', message: refusalText(await response.text()), requestId }
    return
  }
  const tally: Tally = { inputTokens: null, outputTokens: null, ended: false }
  const events: PlaygroundEvent[] = []
  const read = dialect === 'chat' ? readChatFrame : readMessagesFrame
  const parser = createParser({ onEvent: ({ data }) => events.push(...read(data, tally, requestId)) })
  try {
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      parser.feed(text)
      yield* events.splice(0)
    }
  } catch {
    yield { type: 'error', message: 'The answer was cut off.', requestId }
    return
  }
  if (!tally.ended) yield { type: 'error', message: 'The answer ended before it was complete.', requestId }
  else yield { type: 'end', requestId, inputTokens: tally.inputTokens, outputTokens: tally.outputTokens }
}

interface ChatFrame {
  choices?: { delta?: { content?: string | null } }[]
  usage?: { prompt_tokens?: number; completion_tokens?: number } | null
  error?: { message?: string }
}

function readChatFrame(data: string, tally: Tally, requestId: string | null): PlaygroundEvent[] {
  if (data === '[DONE]') {
    tally.ended = true
    return []
  }
  const frame = parseFrame<ChatFrame>(data)
  if (frame.error) return [{ type: 'error', message: frame.error.message ?? 'The model failed.', requestId }]
  if (frame.usage) {
    tally.inputTokens = frame.usage.prompt_tokens ?? null
    tally.outputTokens = frame.usage.completion_tokens ?? null
  }
  const text = frame.choices?.[0]?.delta?.content
  return text ? [{ type: 'text', text }] : []
}

interface MessagesFrame {
  type?: string
  message?: { usage?: { input_tokens?: number } }
  delta?: { text?: string }
  usage?: { output_tokens?: number }
  error?: { message?: string }
}

function readMessagesFrame(data: string, tally: Tally, requestId: string | null): PlaygroundEvent[] {
  const frame = parseFrame<MessagesFrame>(data)
  switch (frame.type) {
    case 'message_start':
      tally.inputTokens = frame.message?.usage?.input_tokens ?? null
      return []
    case 'content_block_delta':
      return frame.delta?.text ? [{ type: 'text', text: frame.delta.text }] : []
    case 'message_delta':
      tally.outputTokens = frame.usage?.output_tokens ?? null
      return []
    case 'message_stop':
      tally.ended = true
      return []
    case 'error':
      return [{ type: 'error', message: frame.error?.message ?? 'The model failed.', requestId }]
    default:
      return []
  }
}

function parseFrame<T extends object>(data: string): Partial<T> {
  try {
    return JSON.parse(data) as T
  } catch {
    return {}
  }
}

/** The message of a refusal, in whichever dialect it came. */
function refusalText(body: string): string {
  const parsed = parseFrame<{ error: { message?: string } }>(body)
  return parsed.error?.message ?? 'The gateway refused the call.'
}
