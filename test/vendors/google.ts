import { generateKeyPairSync, verify } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { answerChat } from './chat-answers.ts'
import { eventFrame, messageEvents, messageOf } from './messages-answers.ts'
import { faultIn } from './prompts.ts'
import { makeIssuer, type TokenIssuer } from './token-issuer.ts'
import { sendEvents, sendJson, startVendorServer, type VendorRequest, type VendorServer } from './vendor-server.ts'

export const GEMINI_KEY = 'AIza-gemini-key-of-the-suite'
const VERTEX = '/v1/projects/northwind-ai/locations/europe-west4'

export interface GoogleVendor extends VendorServer {
  /** Where tokens are issued, over TLS. */
  tokens: VendorServer
  issuer: TokenIssuer
  /** The address of Vertex AI for one project and location. */
  vertexUrl: string
  /** A key file of its service account. */
  keyFile: Record<string, string>
}

/** Google's wire: the Gemini API's compatible endpoint, Vertex AI with its own, Claude's, and the token endpoint. */
export async function startGoogle(tls: { key: string; cert: string }): Promise<GoogleVendor> {
  const issuer = makeIssuer('ya29')
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const account = 'gateway@northwind-ai.iam.gserviceaccount.com'
  const tokens = await startVendorServer((request, response) => {
    const assertion = new URLSearchParams(request.text).get('assertion') ?? ''
    const [header = '', payload = '', signature = ''] = assertion.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString() || '{}') as Record<string, unknown>
    const signed = verify('sha256', Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'))
    const meant = claims.iss === account && claims.aud === `https://${request.headers.host}/token`
    if (issuer.failing) return sendJson(response, 503, { error: 'backend_error' })
    if (!signed || !meant || !String(claims.scope).includes('cloud-platform')) {
      return sendJson(response, 400, { error: 'invalid_grant', error_description: `Invalid JWT: ${assertion}` })
    }
    return sendJson(response, 200, { access_token: issuer.issue(), expires_in: issuer.lifetime, token_type: 'Bearer' })
  }, tls)
  const server = await startVendorServer((request, response) => {
    if (request.path.startsWith('/v1beta/openai/')) return answerGemini(request, response)
    return answerVertex(request, response, issuer)
  })
  const keyFile = {
    type: 'service_account',
    project_id: 'northwind-ai',
    private_key_id: 'feedf00d',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    client_email: account,
    token_uri: `${tokens.url}/token`,
  }
  const stop = async () => {
    await tokens.stop()
    await server.stop()
  }
  return { ...server, tokens, issuer, vertexUrl: server.url + VERTEX, keyFile, stop }
}

function answerGemini(request: VendorRequest, response: ServerResponse): ServerResponse {
  if (request.headers.authorization !== `Bearer ${GEMINI_KEY}`) {
    return sendJson(response, 400, [
      failure(400, 'API key not valid. Please pass a valid API key.', 'INVALID_ARGUMENT'),
    ])
  }
  if (request.path === '/v1beta/openai/models')
    return sendJson(response, 200, { data: [{ id: 'models/gemini-2.5-flash' }] })
  if (request.path !== '/v1beta/openai/chat/completions') return sendJson(response, 404, {})
  return answerGoogleChat(request, response, 'gemini-2.5-flash')
}

function answerGoogleChat(request: VendorRequest, response: ServerResponse, model: string): ServerResponse {
  if (request.body.model !== model) {
    return sendJson(response, 404, [failure(404, `${request.body.model} is not found`, 'NOT_FOUND')])
  }
  if (!Array.isArray(request.body.messages) || request.body.messages.length === 0) {
    return sendJson(response, 400, [failure(400, 'messages is required', 'INVALID_ARGUMENT')])
  }
  const fault = faultIn(request)
  if (fault === 'overloaded') return sendJson(response, 503, [failure(503, 'The model is overloaded.', 'UNAVAILABLE')])
  const finish = fault === 'filtered' ? { finish: 'content_filter' } : {}
  return answerChat(request, response, {
    error: failure(500, 'An internal error has occurred.', 'INTERNAL'),
    ...finish,
  })
}

function answerVertex(request: VendorRequest, response: ServerResponse, issuer: TokenIssuer): ServerResponse {
  const { headers, path, body } = request
  const token = headers.authorization?.replace(/^Bearer /, '') ?? ''
  if (!issuer.accepts(token)) return sendJson(response, 401, failure(401, `Bad credential ${token}`, 'UNAUTHENTICATED'))
  if (path === `${VERTEX}/endpoints/openapi/chat/completions`) {
    return answerGoogleChat(request, response, 'google/gemini-2.5-flash')
  }
  if (path === `${VERTEX}/publishers/google/models/text-embedding-005:predict`) return answerPredict(request, response)
  const [, model, method] = /\/publishers\/anthropic\/models\/([^/:]+):(rawPredict|streamRawPredict)$/.exec(path) ?? []
  if (!path.startsWith(VERTEX) || !model) return sendJson(response, 404, failure(404, 'Not found', 'NOT_FOUND'))
  if (body.anthropic_version !== 'vertex-2023-10-16') {
    return sendJson(response, 400, failure(400, 'anthropic_version is required', 'INVALID_ARGUMENT'))
  }
  if (model === 'count-tokens') return sendJson(response, 200, { input_tokens: 11 })
  if (body.model !== undefined) return sendJson(response, 400, claudeFailure('model: Extra inputs are not permitted'))
  if (model !== 'claude-opus%404') return sendJson(response, 404, failure(404, `Model ${model} not found`, 'NOT_FOUND'))
  if (!Array.isArray(body.messages) || body.messages.length === 0) {
    return sendJson(response, 400, claudeFailure('messages: at least one message is required'))
  }
  if ((body.stream === true) !== (method === 'streamRawPredict'))
    return sendJson(response, 400, claudeFailure('stream'))
  if (faultIn(request) === 'rejected') return sendJson(response, 400, claudeFailure('max_tokens: too large'))
  if (method === 'rawPredict') return sendJson(response, 200, messageOf(request, 'claude-opus'))
  return sendEvents(response, messageEvents(request, 'claude-opus').map(eventFrame))
}

function answerPredict({ body }: VendorRequest, response: ServerResponse): ServerResponse {
  const instances = body.instances as { content?: unknown }[] | undefined
  if (!instances?.length || instances.some(({ content }) => typeof content !== 'string')) {
    return sendJson(response, 400, failure(400, 'instances is required', 'INVALID_ARGUMENT'))
  }
  const { outputDimensionality: size = 3 } = (body.parameters ?? {}) as { outputDimensionality?: number }
  const predictions = instances.map((_, index) => ({
    embeddings: {
      values: Array.from({ length: size }, () => index + 0.25),
      statistics: { token_count: 4, truncated: false },
    },
  }))
  return sendJson(response, 200, { predictions, metadata: { billableCharacterCount: 10 } })
}

function failure(code: number, message: string, status: string): object {
  return { error: { code, message, status } }
}

function claudeFailure(message: string): object {
  return { type: 'error', error: { type: 'invalid_request_error', message } }
}
