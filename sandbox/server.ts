import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { control } from './control.ts'
import type { Wire } from './exchange.ts'
import { FaultRules } from './fault-rules.ts'
import { type Fault, FaultSyntaxError, NO_FAULT, parseFault } from './faults.ts'
import { ExchangeCache, MODEL_ENDPOINTS, type ModelEndpoint, vendorErrorBody } from './model-endpoints.ts'
import { modelDetail, modelList } from './model-list.ts'
import { RequestLog } from './request-log.ts'
import { type Call, send, sendJson } from './send.ts'
import { VendorError } from './vendor-error.ts'

const MAX_BODY_BYTES = 32 * 1024 * 1024
const CLOSE_GRACE_MS = 1000

export type Sandbox = {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Stops accepting, gives open answers a second, then closes. */
  close(): Promise<void>
}

/** Starts the sandbox provider; port 0 takes a free one. Rejects when the port is in use. */
export async function startSandbox(options: { port: number; host?: string }): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1'
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, requestListener())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port, close: () => closeServer(server) }
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  server.closeIdleConnections()
  const force = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS)
  await closed
  clearTimeout(force)
}

function requestListener() {
  const log = new RequestLog()
  const rules = new FaultRules()
  const cache = new ExchangeCache()
  let answers = 0

  return (request: IncomingMessage, response: ServerResponse): void => {
    const callerId = request.headers['x-request-id']
    const id = `req_${(++answers).toString(16).padStart(20, '0')}`
    const call: Call = { response, id, callerId: typeof callerId === 'string' ? callerId : null, log }
    const path = pathOf(request.url ?? '/')
    const endpoint = request.method === 'POST' ? MODEL_ENDPOINTS.get(path) : undefined
    readBody(request, (error, body) => {
      if (error) sendError(call, endpoint?.wire ?? 'openai', error)
      else if (endpoint) answerModel(call, request, endpoint, body, { rules, cache })
      else answerOther(call, request, path, body, rules)
    })
  }
}

type Parts = { rules: FaultRules; cache: ExchangeCache }

function answerModel(call: Call, request: IncomingMessage, endpoint: ModelEndpoint, body: string, parts: Parts): void {
  const { wire, path } = endpoint
  call.log.seen({ path, requestId: call.callerId, headers: request.headers, body })
  try {
    checkHeaders(wire, request)
    const asked = headerFault(request)
    const exchange = parts.cache.exchangeFor(endpoint, body, asked.answerTokens ?? null)
    const standing = parts.rules.faultFor(path, exchange.model)
    const fault = mergeFaults(standing, exchange.fault, asked)
    const long = standing.answerTokens !== undefined && fault.answerTokens === standing.answerTokens
    send(call, long ? parts.cache.exchangeFor(endpoint, body, standing.answerTokens) : exchange, fault)
  } catch (error) {
    sendError(call, wire, error)
  }
}

/** The request's header wins over its text, and both over standing rules. */
function mergeFaults(standing: Fault, inText: Fault, asked: Fault): Fault {
  if (standing === NO_FAULT && inText === NO_FAULT && asked === NO_FAULT) return NO_FAULT
  return { ...standing, ...inText, ...asked }
}

function headerFault(request: IncomingMessage): Fault {
  const header = request.headers['x-sandbox-fault']
  return typeof header === 'string' ? parseFault(header) : NO_FAULT
}

/** Any credential will do, or none; one that begins with `invalid` is refused, to try connection checks with. */
function checkHeaders(wire: Wire, request: IncomingMessage): void {
  const { authorization = '', 'x-api-key': apiKey = '' } = request.headers
  const credential = String(apiKey) || authorization.replace(/^Bearer /i, '')
  if (credential.startsWith('invalid')) {
    if (wire === 'anthropic') throw new VendorError(401, 'invalid x-api-key')
    throw new VendorError(401, `Incorrect API key provided: ${credential.slice(0, 12)}.`, { code: 'invalid_api_key' })
  }
  if (wire === 'anthropic' && !request.headers['anthropic-version']) {
    throw new VendorError(400, 'anthropic-version: header is required')
  }
}

function answerOther(call: Call, request: IncomingMessage, path: string, body: string, rules: FaultRules): void {
  const method = request.method ?? 'GET'
  const wire = request.headers['anthropic-version'] ? 'anthropic' : 'openai'
  if (path === '/healthz' && method === 'GET') sendJson(call, wire, 200, '{"status":"ok"}')
  else if (path.startsWith('/control/')) {
    const answer = control({ method, url: new URL(request.url ?? '/', 'http://sandbox'), body }, rules, call.log)
    if (answer.body === null) call.response.writeHead(answer.status).end()
    else sendJson(call, 'openai', answer.status, JSON.stringify(answer.body))
  } else if (path.startsWith('/v1/models') && method === 'GET') answerModels(call, request, wire, path)
  else sendError(call, wire, new VendorError(404, `Invalid URL (${method} ${path})`))
}

function answerModels(call: Call, request: IncomingMessage, wire: Wire, path: string): void {
  try {
    checkHeaders(wire, request)
    const id = path.slice('/v1/models/'.length)
    const found = id === '' ? modelList(wire) : modelDetail(wire, id)
    if (!found) throw new VendorError(404, `The model '${id}' does not exist`, { code: 'model_not_found' })
    sendJson(call, wire, 200, JSON.stringify(found))
  } catch (error) {
    sendError(call, wire, error)
  }
}

function sendError(call: Call, wire: Wire, error: unknown): void {
  const known = error instanceof FaultSyntaxError ? new VendorError(400, error.message) : error
  const vendorError = known instanceof VendorError ? known : new VendorError(500, 'Internal server error')
  const extra = vendorError.status === 413 ? ['connection', 'close'] : []
  sendJson(call, wire, vendorError.status, vendorErrorBody(wire, vendorError, call.id), extra)
}

function readBody(request: IncomingMessage, done: (error: VendorError | null, body: string) => void): void {
  const chunks: Buffer[] = []
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk)
  })
  request.on('end', () => {
    const [first] = chunks
    if (bytes > MAX_BODY_BYTES) done(new VendorError(413, 'Request exceeds the maximum size of 32 MB.'), '')
    else done(null, chunks.length === 1 && first ? first.toString() : Buffer.concat(chunks).toString())
  })
}

function pathOf(url: string): string {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}
