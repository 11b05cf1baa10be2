import Anthropic from '@anthropic-ai/sdk'
import { CLIENT_TOOLS, type ClientAnswer, type ClientTurn, type Door, faultHeader, type TestClient } from './client.ts'

/** The Anthropic SDK. */
export function anthropicClients({ url, key }: Door): TestClient[] {
  const client = new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 })
  return [
    {
      name: 'anthropic, messages',
      async ask(request) {
        const body = {
          model: request.model,
          max_tokens: 400,
          messages: request.turns.map(messageOf),
          ...(request.tools && {
            tools: CLIENT_TOOLS.map(({ schema, ...tool }) => ({ ...tool, input_schema: schema })),
          }),
        }
        const options = { headers: faultHeader(request), signal: request.signal ?? null }
        if (!request.stream) return answerOf(await client.messages.create(body, options))
        const stream = client.messages.stream(body, options)
        stream.on('streamEvent', () => request.onFirst?.())
        return answerOf(await stream.finalMessage())
      },
    },
  ]
}

function messageOf(turn: ClientTurn): Anthropic.MessageParam {
  if ('user' in turn) return { role: 'user', content: turn.user }
  if ('calls' in turn) return { role: 'assistant', content: turn.calls.map(call => ({ type: 'tool_use', ...call })) }
  return {
    role: 'user',
    content: turn.results.map(({ call, text }) => ({ type: 'tool_result', tool_use_id: call.id, content: text })),
  }
}

function answerOf({ content, usage }: Anthropic.Message): ClientAnswer {
  const calls = content.flatMap(block =>
    block.type === 'tool_use' ? [{ id: block.id, name: block.name, input: block.input }] : [],
  )
  const text = content.map(block => (block.type === 'text' ? block.text : '')).join('')
  return { text, calls, outputTokens: usage.output_tokens }
}
