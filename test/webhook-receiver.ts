import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface WebhookReceiver {
  url: string
  received: Received[]
  /** What is answered from now on; 200 at first. */
  answer: { status: number; headers?: Record<string, string>; body?: string }
  stop(): Promise<void>
}

/** A real server that takes webhooks and keeps them. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    receiver.received.push({ path: request.url ?? '', headers: request.headers, body })
    const { status, headers, body: text } = receiver.answer
    response.writeHead(status, headers).end(text ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    answer: { status: 200 },
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
  return receiver
}
