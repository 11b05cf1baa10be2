import { ChatAnthropic } from '@langchain/anthropic'
import { AIMessage, type AIMessageChunk, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { ChatOpenAI } from '@langchain/openai'
import {
  CLIENT_TOOLS,
  type ClientAnswer,
  type ClientRequest,
  type ClientTurn,
  type Door,
  faultHeader,
  type TestClient,
} from './client.ts'

const TOOLS = CLIENT_TOOLS.map(({ name, description, schema }) => ({
  type: 'function' as const,
  function: { name, description, parameters: schema },
}))

/** LangChain's models of both vendors. */
export function langchainClients({ url, key }: Door): TestClient[] {
  const openai = (request: ClientRequest, useResponsesApi: boolean) =>
    new ChatOpenAI({
      model: request.model,
      apiKey: key,
      maxRetries: 0,
      maxTokens: 400,
      useResponsesApi,
      ...(useResponsesApi && { zdrEnabled: true }),
      configuration: { baseURL: `${url}/v1`, defaultHeaders: faultHeader(request) },
    })
  const anthropic = (request: ClientRequest) =>
    new ChatAnthropic({
      model: request.model,
      apiKey: key,
      maxRetries: 0,
      maxTokens: 400,
      anthropicApiUrl: url,
      clientOptions: { defaultHeaders: faultHeader(request) },
    })
  return [
    { name: '@langchain/openai, chat completions', ask: request => ask(openai(request, false), request) },
    { name: '@langchain/openai, responses', ask: request => ask(openai(request, true), request) },
    { name: '@langchain/anthropic', ask: request => ask(anthropic(request), request) },
  ]
}

async function ask(model: ChatOpenAI | ChatAnthropic, request: ClientRequest): Promise<ClientAnswer> {
  const runnable = request.tools ? model.bindTools(TOOLS) : model
  const messages = request.turns.flatMap(messagesOf)
  const options = request.signal ? { signal: request.signal } : {}
  if (!request.stream) return answerOf((await runnable.invoke(messages, options)) as AIMessage)
  let whole: AIMessageChunk | null = null
  for await (const chunk of await runnable.stream(messages, options)) {
    request.onFirst?.()
    const piece = chunk as AIMessageChunk
    whole = whole === null ? piece : whole.concat(piece)
  }
  // LangChain ends an aborted stream in silence.
  request.signal?.throwIfAborted()
  if (whole === null) throw new Error('the stream was empty')
  return answerOf(whole)
}

function answerOf(message: AIMessage | AIMessageChunk): ClientAnswer {
  const calls = (message.tool_calls ?? []).map(({ id, name, args }) => ({ id: id ?? '', name, input: args }))
  return { text: message.text, calls, outputTokens: message.usage_metadata?.output_tokens ?? 0 }
}

function messagesOf(turn: ClientTurn): BaseMessage[] {
  if ('user' in turn) return [new HumanMessage(turn.user)]
  if ('calls' in turn) {
    const tool_calls = turn.calls.map(({ id, name, input }) => ({
      id,
      name,
      args: input as Record<string, unknown>,
      type: 'tool_call' as const,
    }))
    return [new AIMessage({ content: '', tool_calls })]
  }
  return turn.results.map(
    ({ call, text }) => new ToolMessage({ content: text, tool_call_id: call.id, name: call.name }),
  )
}
