import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** A request as a vendor reads it. */
export interface VendorRequest {
  method: string
  /** Without the query, as it was sent: percent-encoded. */
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  text: string
  /** The parsed body; an empty object when it is no JSON object. */
  body: Record<string, unknown>
}

export interface VendorServer {
  url: string
  /** Every request so far. */
  requests: VendorRequest[]
  stop(): Promise<void>
}

export type Handle = (request: VendorRequest, response: ServerResponse) => ServerResponse

/** Starts a server on a free port of loopback; over TLS when it is given a certificate. */
export async function startVendorServer(handle: Handle, tls?: { key: string; cert: string }): Promise<VendorServer> {
  const requests: VendorRequest[] = []
  const listener = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await readRequest(incoming)
    requests.push(request)
    handle(request, response)
  }
  const server: Server = tls
    ? createHttpsServer(tls, (incoming, response) => void listener(incoming, response))
    : createHttpServer((incoming, response) => void listener(incoming, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readRequest(incoming: IncomingMessage): Promise<VendorRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const [path = '/', search = ''] = (incoming.url ?? '/').split('?', 2)
  const { method = 'GET', headers } = incoming
  return { method, path, query: new URLSearchParams(search), headers, text, body: objectOf(text) }
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}): ServerResponse {
  return response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** Answers with server-sent events, in one piece each. */
export function sendEvents(response: ServerResponse, frames: readonly string[]): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const frame of frames) response.write(frame)
  return response.end()
}
