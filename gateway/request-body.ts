import type { IncomingMessage } from 'node:http'
import { GrowingBody } from './growing-body.ts'
import { lingerOnClose } from './lingering-close.ts'
import { Refusal } from './refusal.ts'

/** Reads a request's body whole. Rejects with a 413 beyond the limit, and with a 400 when the client breaks off. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limit) throw tooLarge(request, limit)
  // What came in one piece with its head has been parsed by then, and needs no events.
  await null
  if (request.destroyed) throw brokenOff()
  if (!request.complete || request.readableLength > limit) return readAsItComes(request, limit)
  return request.read() ?? Buffer.alloc(0)
}

function readAsItComes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const body = new GrowingBody(Number(request.headers['content-length'] ?? 0))
    request.on('data', (chunk: Buffer) => {
      if (body.size + chunk.length <= limit) {
        body.add(chunk)
        return
      }
      // Stop keeping what comes.
      request.removeAllListeners('data')
      reject(tooLarge(request, limit))
    })
    request.on('end', () => resolve(body.whole()))
    request.on('error', () => reject(brokenOff()))
  })
}

function brokenOff(): Refusal {
  return new Refusal(400, 'incomplete_body', 'The request body broke off.')
}

function tooLarge(request: IncomingMessage, limit: number): Refusal {
  lingerOnClose(request)
  const words = `The request body is larger than ${limit} bytes, the most that this gateway takes.`
  return new Refusal(413, 'request_too_large', words, { headers: ['connection', 'close'] })
}
