import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git'
import { request } from 'undici'
import { ForbiddenAddressError, guardedAgent, hostRefusal } from '#lib/platform/guarded-request.ts'

const TIMEOUT_MS = 30_000

/** Git's smart HTTP to where a person said: every address is checked as it is connected to, no redirect is followed. */
export function gitHttp(allowPrivateNetwork: boolean): HttpClient {
  return { request: asked => send(asked, allowPrivateNetwork) }
}

async function send(
  { url, method = 'GET', headers = {}, body }: GitHttpRequest,
  allowPrivateNetwork: boolean,
): Promise<GitHttpResponse> {
  const refusal = hostRefusal(new URL(url).hostname, allowPrivateNetwork)
  if (refusal) throw new ForbiddenAddressError(refusal)
  const agent = guardedAgent(allowPrivateNetwork)
  const sent = body ? Buffer.concat(await Array.fromAsync(body as AsyncIterable<Uint8Array>)) : null
  try {
    const answer = await request(url, {
      method: method as 'GET' | 'POST',
      headers,
      ...(sent ? { body: sent } : {}),
      dispatcher: agent,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    })
    const bytes = new Uint8Array(await answer.body.arrayBuffer())
    return {
      url,
      method,
      statusCode: answer.statusCode,
      statusMessage: String(answer.statusCode),
      body: once(bytes),
      headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value ?? '')])),
    }
  } finally {
    void agent.destroy()
  }
}

async function* once(bytes: Uint8Array): AsyncIterableIterator<Uint8Array> {
  yield bytes
}
