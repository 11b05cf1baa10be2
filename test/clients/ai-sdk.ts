import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, jsonSchema, type LanguageModel, type ModelMessage, streamText, tool } from 'ai'
import { CLIENT_TOOLS, type ClientCall, type ClientTurn, type Door, faultHeader, type TestClient } from './client.ts'

/** The AI SDK with the providers of both vendors and the one for compatible servers. */
export function aiSdkClients({ url, key }: Door): TestClient[] {
  const settings = { apiKey: key, baseURL: `${url}/v1` }
  const openai = createOpenAI(settings)
  return [
    clientOf('ai with @ai-sdk/openai, chat completions', openai.chat),
    clientOf('ai with @ai-sdk/openai, responses', openai.responses),
    clientOf('ai with @ai-sdk/anthropic', createAnthropic(settings)),
    clientOf(
      'ai with @ai-sdk/openai-compatible',
      createOpenAICompatible({ name: 'gatehouse', includeUsage: true, ...settings }),
    ),
  ]
}

const TOOLS = Object.fromEntries(
  CLIENT_TOOLS.map(({ name, description, schema }) => [
    name,
    tool({ description, inputSchema: jsonSchema<{ city: string }>(schema) }),
  ]),
)

function clientOf(name: string, modelOf: (model: string) => LanguageModel): TestClient {
  return {
    name,
    async ask(request) {
      const options = {
        model: modelOf(request.model),
        messages: request.turns.map(messageOf),
        maxOutputTokens: 400,
        maxRetries: 0,
        headers: faultHeader(request),
        ...(request.tools && { tools: TOOLS }),
        ...(request.signal && { abortSignal: request.signal }),
      }
      if (!request.stream) {
        const { text, toolCalls, usage } = await generateText(options)
        return { text, calls: toolCalls.map(callOf), outputTokens: usage.outputTokens ?? 0 }
      }
      const { fullStream } = streamText({ ...options, onError: () => {} })
      const answer = { text: '', calls: [] as ClientCall[], outputTokens: 0 }
      for await (const part of fullStream) {
        if (part.type === 'error') throw part.error
        if (part.type === 'abort') throw new DOMException('aborted', 'AbortError')
        if (part.type === 'text-delta') {
          request.onFirst?.()
          answer.text += part.text
        }
        if (part.type === 'tool-call') answer.calls.push(callOf(part))
        if (part.type === 'finish') answer.outputTokens = part.totalUsage.outputTokens ?? 0
      }
      return answer
    },
  }
}

function callOf({ toolCallId, toolName, input }: { toolCallId: string; toolName: string; input: unknown }): ClientCall {
  return { id: toolCallId, name: toolName, input }
}

function messageOf(turn: ClientTurn): ModelMessage {
  if ('user' in turn) return { role: 'user', content: turn.user }
  if ('calls' in turn) {
    const content = turn.calls.map(({ id, name, input }) => ({
      type: 'tool-call' as const,
      toolCallId: id,
      toolName: name,
      input,
    }))
    return { role: 'assistant', content }
  }
  const content = turn.results.map(({ call, text }) => ({
    type: 'tool-result' as const,
    toolCallId: call.id,
    toolName: call.name,
    output: { type: 'text' as const, value: text },
  }))
  return { role: 'tool', content }
}
