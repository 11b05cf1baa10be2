import Anthropic from '@anthropic-ai/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { type ScriptedProvider, startScriptedProvider, withJson, withStream } from '#test/scripted-provider.ts'

let suite: GovernedSuite
let provider: ScriptedProvider
let anthropic: Anthropic
beforeAll(async () => {
  suite = await startGovernedSuite()
  provider = await startScriptedProvider(suite)
  anthropic = new Anthropic({ baseURL: suite.gateway.url, apiKey: suite.key, maxRetries: 0 })
})
afterAll(async () => {
  await suite?.stop()
  provider?.stop()
})

const server = 'mcp__plugin_observability_workers-observability__'
const [LONG, OTHER] = [`${server}query_worker_observability`, `${server}query_worker_observability_keys`]
const input_schema = { type: 'object' as const, properties: {} }

/** Asks with two tools of long names and a former call of one; what the provider was asked, and what came back. */
async function ask(stream: boolean) {
  const request: Anthropic.MessageCreateParamsNonStreaming = {
    model: 'scripted-sandbox-gpt',
    max_tokens: 50,
    tools: [LONG, OTHER].map(name => ({ name, input_schema })),
    tool_choice: { type: 'tool', name: OTHER },
    messages: [
      { role: 'user', content: 'Look' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: LONG, input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'seen' }] },
    ],
  }
  const { messages } = anthropic
  const message = stream ? await messages.stream(request).finalMessage() : await messages.create(request)
  const asked = JSON.parse(provider.last.body) as {
    tools: { function: { name: string } }[]
    tool_choice: { function: { name: string } }
    messages: { tool_calls?: { function: { name: string } }[] }[]
  }
  return { message, asked }
}

test.each([false, true])(
  'names that are too long for OpenAI are cut, and come back whole (streamed: %s)',
  async stream => {
    // The provider calls the tool that it is told to, under the name that it was given.
    provider.answers(response => {
      const { name } = JSON.parse(provider.last.body).tool_choice.function as { name: string }
      const call = { index: 0, id: 'call_1', type: 'function', function: { name, arguments: '{}' } }
      const end = { finish_reason: 'tool_calls' }
      const chunks = [{ delta: { tool_calls: [call] } }, { delta: {}, ...end }]
      if (JSON.parse(provider.last.body).stream) {
        withStream(
          chunks.map(choice => ({ id: 'c', choices: [{ index: 0, ...choice }] })),
          'data: [DONE]\n\n',
        )(response)
      } else
        withJson({ id: 'c', choices: [{ index: 0, message: { content: null, tool_calls: [call] }, ...end }] })(response)
    })
    const { message, asked } = await ask(stream)
    expect(message.content).toMatchObject([{ type: 'tool_use', name: OTHER }])
    const [first, second] = asked.tools.map(tool => tool.function.name)
    for (const name of [first, second]) expect(name).toMatch(/^mcp__plugin_[a-zA-Z0-9_-]{1,52}$/)
    expect(first).not.toBe(second)
    expect(asked.tool_choice.function.name).toBe(second)
    expect(asked.messages[1]?.tool_calls?.[0]?.function.name).toBe(first)
  },
)
