import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git'
import { request } from 'undici'
import { ForbiddenAddressError, guardedAgent, hostRefusal } from '#lib/platform/guarded-request.ts'

const TIMEOUT_MS = 30_000
const LONGEST_MS = 120_000
/** More than any history of governance records; what sends more is something else. */
const MOST_BYTES = 64 * 1_048_576

/**
 * Git's smart HTTP to where a person said: every address is checked as it is connected to, no redirect is followed, and
 * an answer that is too long, or takes longer than two minutes, is an error.
 */
export function gitHttp(allowPrivateNetwork: boolean, mostBytes = MOST_BYTES): HttpClient {
  return { request: asked => send(asked, allowPrivateNetwork, mostBytes) }
}

async function send(
  { url, method = 'GET', headers = {}, body }: GitHttpRequest,
  allowPrivateNetwork: boolean,
  mostBytes: number,
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
      signal: AbortSignal.timeout(LONGEST_MS),
    })
    const bytes = await bytesOf(answer.body, mostBytes)
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

async function bytesOf(body: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > most) throw new Error(`the remote sends more than ${Math.floor(most / 1_048_576)} MiB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function* once(bytes: Uint8Array): AsyncIterableIterator<Uint8Array> {
  yield bytes
}
