import type { ServerResponse } from 'node:http'
import { answerChat } from './chat-answers.ts'
import { faultIn } from './prompts.ts'
import { makeIssuer, type TokenIssuer } from './token-issuer.ts'
import { sendJson, startVendorServer, type VendorRequest, type VendorServer } from './vendor-server.ts'

export const AZURE_KEY = 'azure-key-of-the-suite-84b1'
export const ENTRA = {
  tenantId: 'northwind.example',
  clientId: 'app-of-the-suite',
  clientSecret: 'entra-secret-of-the-suite',
}
const SCOPE = 'https://cognitiveservices.azure.com/.default'

export interface AzureVendor extends VendorServer {
  /** Where Entra ID is, over TLS. */
  authority: VendorServer
  issuer: TokenIssuer
}

/** Azure OpenAI's wire, deployments with api-version and the versionless API, and Entra ID's token endpoint. */
export async function startAzureOpenAi(tls: { key: string; cert: string }): Promise<AzureVendor> {
  const issuer = makeIssuer('entra')
  const authority = await startVendorServer((request, response) => answerEntra(request, response, issuer), tls)
  const server = await startVendorServer((request, response) => answerAzure(request, response, issuer))
  const stop = async () => {
    await authority.stop()
    await server.stop()
  }
  return { ...server, authority, issuer, stop }
}

function answerEntra(request: VendorRequest, response: ServerResponse, issuer: TokenIssuer): ServerResponse {
  const root = `https://${request.headers.host}/${ENTRA.tenantId}`
  if (request.path === `/${ENTRA.tenantId}/v2.0/.well-known/openid-configuration`) {
    return sendJson(response, 200, {
      token_endpoint: `${root}/oauth2/v2.0/token`,
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${root}/oauth2/v2.0/logout`,
      jwks_uri: `${root}/discovery/v2.0/keys`,
      issuer: `${root}/v2.0`,
    })
  }
  if (request.path !== `/${ENTRA.tenantId}/oauth2/v2.0/token`) return sendJson(response, 404, {})
  const form = new URLSearchParams(request.text)
  if (issuer.failing) return sendJson(response, 503, { error: 'temporarily_unavailable' })
  if (form.get('client_id') !== ENTRA.clientId || form.get('client_secret') !== ENTRA.clientSecret) {
    const words = `AADSTS7000215: Invalid client secret provided: ${form.get('client_secret')}.`
    return sendJson(response, 401, { error: 'invalid_client', error_description: words, error_codes: [7000215] })
  }
  if (form.get('grant_type') !== 'client_credentials' || !form.get('scope')?.split(' ').includes(SCOPE)) {
    return sendJson(response, 400, { error: 'invalid_request', error_description: 'AADSTS900144: no scope.' })
  }
  const { lifetime: expires_in } = issuer
  return sendJson(response, 200, {
    token_type: 'Bearer',
    expires_in,
    ext_expires_in: expires_in,
    access_token: issuer.issue(),
  })
}

function answerAzure(request: VendorRequest, response: ServerResponse, issuer: TokenIssuer): ServerResponse {
  const { headers, path, query, body } = request
  const token = headers.authorization?.replace(/^Bearer /, '') ?? ''
  if (headers['api-key'] !== AZURE_KEY && !issuer.accepts(token)) {
    const message = `Access denied due to invalid subscription key or wrong API endpoint: ${token}`
    return sendJson(response, 401, { error: { code: '401', message } })
  }
  const versionless = path.startsWith('/openai/v1/')
  if (!versionless && !query.get('api-version')) {
    return sendJson(response, 404, { error: { code: '404', message: 'Resource not found' } })
  }
  if (path === '/openai/models' || path === '/openai/v1/models')
    return sendJson(response, 200, { data: [{ id: 'gpt-5.2' }] })
  const deployment = /^\/openai\/deployments\/([^/]+)\/chat\/completions$/.exec(path)?.[1]
  const name = versionless ? body.model : decodeURIComponent(deployment ?? '')
  if (name !== 'chat prod') {
    const message = 'The API deployment for this resource does not exist.'
    return sendJson(response, 404, { error: { code: 'DeploymentNotFound', message } })
  }
  if (!Array.isArray(body.messages)) {
    return sendJson(response, 400, { error: { code: 'BadRequest', message: 'messages is required' } })
  }
  if (faultIn(request) === 'filtered') return sendJson(response, 400, FILTERED)
  const filter = { content_filter_results: { hate: { filtered: false, severity: 'safe' } } }
  return answerChat(request, response, {
    before: [{ id: '', model: '', choices: [], prompt_filter_results: [{ prompt_index: 0, ...filter }] }],
    choice: filter,
    error: { error: { code: 'InternalServerError', message: 'The server had an error.' } },
  })
}

const FILTERED = {
  error: {
    message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
    type: null,
    param: 'prompt',
    code: 'content_filter',
    status: 400,
    innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: { violence: { filtered: true } } },
  },
}
