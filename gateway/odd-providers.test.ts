import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishSandboxCatalog } from '#test/catalog.ts'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import {
  type ScriptedProvider,
  startScriptedProvider,
  withJson,
  withStream,
  withText,
} from '#test/scripted-provider.ts'

let suite: GovernedSuite
let provider: ScriptedProvider
beforeAll(async () => {
  suite = await startGovernedSuite()
  provider = await startScriptedProvider(suite)
})
afterAll(async () => {
  await suite?.stop()
  provider?.stop()
})

const PATHS = ['/v1/chat/completions', '/v1/messages', '/v1/responses'] as const
const BODY = {
  '/v1/chat/completions': { messages: [{ role: 'user', content: 'hi' }] },
  '/v1/messages': { messages: [{ role: 'user', content: 'hi' }], max_tokens: 5 },
  '/v1/responses': { input: 'hi' },
}
const post = (path: keyof typeof BODY, more: object = {}, model = 'scripted-sandbox-gpt') =>
  postJson(suite.gateway.url + path, suite.key, { model, ...BODY[path], ...more })

async function endOf(answer: Response) {
  const text = await answer.text()
  const { outcome, errorCode, outputTokens, usageState } = await eventOf(answer)
  return { status: answer.status, text, outcome, errorCode, outputTokens, usageState }
}

const USAGE = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, input_tokens: 3, output_tokens: 4 }
const SAID = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi', annotations: [] }] }
const WHOLE = {
  id: 'x1',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
  status: 'completed',
  output: [SAID],
  usage: USAGE,
}

describe('a provider', () => {
  test.each(PATHS)('that does not stream %s when asked is an error, asked once and charged', async path => {
    provider.answers(withJson(WHOLE))
    const answer = await post(path, { stream: true })
    expect(answer.headers.get('x-gatehouse-attempts')).toBe('1')
    const code = 'upstream_not_streamed'
    expect(await endOf(answer)).toMatchObject({ status: 502, errorCode: code, outputTokens: 4, usageState: 'measured' })
  })

  test('that streams when it was not asked to sends what cannot be read', async () => {
    provider.answers(withStream([{ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }], 'data: [DONE]\n\n'))
    expect(await endOf(await post('/v1/chat/completions'))).toMatchObject({
      status: 502,
      errorCode: 'upstream_malformed',
    })
  })

  test.each([201, 202])('that tells success by %i is accounted for', async status => {
    provider.answers(withText(JSON.stringify(WHOLE), status))
    expect(await endOf(await post('/v1/chat/completions'))).toMatchObject({ outcome: 'ok', outputTokens: 4 })
    provider.answers(
      withText(
        `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: USAGE })}\n\n`,
        status,
        'text/event-stream',
      ),
    )
    const streamed = await endOf(await post('/v1/chat/completions', { stream: true }))
    expect(streamed).toMatchObject({ outcome: 'ok', outputTokens: 4, text: expect.stringContaining('[DONE]') })
  })

  test.each([
    [204, 'upstream_malformed', '2'],
    [302, 'upstream_redirected', '1'],
  ])('that answers %i has not answered', async (status, errorCode, attempts) => {
    provider.answers(withText('', status))
    const answer = await post('/v1/chat/completions')
    expect(answer.headers.get('x-gatehouse-attempts')).toBe(attempts)
    expect(await endOf(answer)).toMatchObject({ status: 502, outcome: 'upstream_error', errorCode })
  })
})

describe('an error inside a 200', () => {
  test('of a response that failed, with no usage', async () => {
    const error = { code: 'server_error', message: 'boom' }
    provider.answers(withJson({ id: 'resp_1', status: 'failed', error, output: [], usage: null }))
    expect(await endOf(await post('/v1/responses'))).toMatchObject({ status: 502, errorCode: 'server_error' })
  })

  test.each([false, true])('that is an object of its own kind, as vLLM has it; streamed: %s', async stream => {
    const error = { object: 'error', message: 'The prompt is too long', type: 'BadRequestError', code: 400 }
    provider.answers(stream ? withStream([error], 'data: [DONE]\n\n') : withJson(error))
    expect(await endOf(await post('/v1/chat/completions', { stream }))).toMatchObject({
      status: 400,
      outcome: 'upstream_error',
      text: expect.stringContaining('too long'),
    })
  })
})

test.each(PATHS)('a connection that is closed as it is used again is another one for %s', async path => {
  const served = new WeakMap<Socket, number>()
  const server = createServer((request: IncomingMessage, response) => {
    const count = (served.get(request.socket) ?? 0) + 1
    served.set(request.socket, count)
    request.resume().on('end', () => (count > 1 ? request.socket.destroy() : withJson(WHOLE)(response)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const prefix = `stale${path.replaceAll('/', '-')}-`
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { models } = await publishSandboxCatalog(suite.org, { url, prefix })
  const model = `${prefix}sandbox-gpt`
  const first = await until('the model is known', async () => {
    const answer = await post(path, {}, model)
    return answer.status === 404 ? null : answer
  })
  expect(await endOf(first)).toMatchObject({ status: 200, outcome: 'ok' })
  const second = await post(path, {}, model)
  expect(second.headers.get('x-gatehouse-attempts')).toBe('1')
  expect(await endOf(second)).toMatchObject({ status: 200, outcome: 'ok' })
  const { body } = await suite.gateway.admin('GET', `/deployments?organization=${suite.org.id}`)
  const { data } = body as { data: { modelId: string; failures: number }[] }
  expect(data.find(({ modelId }) => modelId === models['sandbox-gpt'])).toMatchObject({ failures: 0 })
  server.close()
  server.closeAllConnections()
})
