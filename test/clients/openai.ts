import OpenAI from 'openai'
import { CLIENT_TOOLS, type ClientAnswer, type ClientTurn, type Door, faultHeader, type TestClient } from './client.ts'

/** The OpenAI SDK by chat completions and by responses. */
export function openaiClients({ url, key }: Door): TestClient[] {
  const client = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 })
  return [
    {
      name: 'openai, chat completions',
      async ask(request) {
        const body = {
          model: request.model,
          messages: request.turns.flatMap(chatMessages),
          max_completion_tokens: 400,
          ...(request.tools && { tools: CLIENT_TOOLS.map(chatTool) }),
        }
        const options = { headers: faultHeader(request), signal: request.signal ?? null }
        if (!request.stream) return chatAnswer(await client.chat.completions.create(body, options))
        const stream = client.chat.completions.stream({ ...body, stream_options: { include_usage: true } }, options)
        stream.on('chunk', () => request.onFirst?.())
        return chatAnswer(await stream.finalChatCompletion())
      },
    },
    {
      name: 'openai, responses',
      async ask(request) {
        const body = {
          model: request.model,
          input: request.turns.flatMap(responseItems),
          max_output_tokens: 400,
          store: false,
          ...(request.tools && { tools: CLIENT_TOOLS.map(responseTool) }),
        }
        const options = { headers: faultHeader(request), signal: request.signal ?? null }
        if (!request.stream) return responseAnswer(await client.responses.create(body, options))
        const stream = client.responses.stream(body, options)
        stream.on('event', () => request.onFirst?.())
        return responseAnswer(await stream.finalResponse())
      },
    },
  ]
}

function chatTool({ name, description, schema }: (typeof CLIENT_TOOLS)[number]) {
  return { type: 'function' as const, function: { name, description, parameters: schema } }
}

function responseTool({ name, description, schema }: (typeof CLIENT_TOOLS)[number]) {
  return { type: 'function' as const, name, description, parameters: schema, strict: true }
}

function chatMessages(turn: ClientTurn): OpenAI.ChatCompletionMessageParam[] {
  if ('user' in turn) return [{ role: 'user', content: turn.user }]
  if ('results' in turn) {
    return turn.results.map(({ call, text }) => ({ role: 'tool', tool_call_id: call.id, content: text }))
  }
  const tool_calls = turn.calls.map(({ id, name, input }) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: JSON.stringify(input) },
  }))
  return [{ role: 'assistant', tool_calls }]
}

function responseItems(turn: ClientTurn): OpenAI.Responses.ResponseInputItem[] {
  if ('user' in turn) return [{ role: 'user', content: turn.user }]
  if ('results' in turn) {
    return turn.results.map(({ call, text }) => ({ type: 'function_call_output', call_id: call.id, output: text }))
  }
  return turn.calls.map(({ id, name, input }) => ({
    type: 'function_call',
    call_id: id,
    name,
    arguments: JSON.stringify(input),
  }))
}

function chatAnswer({ choices, usage }: OpenAI.ChatCompletion): ClientAnswer {
  const message = choices[0]?.message
  const calls = (message?.tool_calls ?? []).flatMap(call =>
    call.type === 'function'
      ? [{ id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) as unknown }]
      : [],
  )
  return { text: message?.content ?? '', calls, outputTokens: usage?.completion_tokens ?? 0 }
}

function responseAnswer({ output, output_text, usage }: OpenAI.Responses.Response): ClientAnswer {
  const calls = output.flatMap(item =>
    item.type === 'function_call'
      ? [{ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) as unknown }]
      : [],
  )
  return { text: output_text, calls, outputTokens: usage?.output_tokens ?? 0 }
}
