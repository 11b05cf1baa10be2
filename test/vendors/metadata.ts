import type { ServerResponse } from 'node:http'
import { AWS_KEYS } from './aws-signature-check.ts'
import type { TokenIssuer } from './token-issuer.ts'
import { sendJson, startVendorServer, type VendorRequest, type VendorServer } from './vendor-server.ts'

const HOUR_MS = 3_600_000
const SESSION = 'metadata-session-of-the-suite'
const ROLE = 'gateway-role'
export const CONTAINER_TOKEN = 'Basic container-token-of-the-suite'

/** Who issues the tokens of each cloud's machines. */
export interface Issuers {
  azure: TokenIssuer
  google: TokenIssuer
}

/**
 * What the machines of three clouds ask for their identity, each by its vendor's protocol: Azure's and Amazon's instance
 * metadata services (the latter in version 2, with a session), Google's metadata server, and the endpoint of a container
 * of Amazon's.
 */
export function startMetadata(issuers: Issuers): Promise<VendorServer> {
  return startVendorServer((request, response) => {
    const { path } = request
    if (/^\/metadata\/identity\/oauth2\/token\/?$/.test(path)) return answerAzure(request, response, issuers.azure)
    if (path === '/' || path.startsWith('/computeMetadata/')) return answerGoogle(request, response, issuers.google)
    if (path === '/v2/credentials/gateway') return answerContainer(request, response)
    return answerInstance(request, response)
  })
}

function answerAzure({ headers, query }: VendorRequest, response: ServerResponse, issuer: TokenIssuer): ServerResponse {
  if (headers.metadata !== 'true') return sendJson(response, 400, { error: 'invalid_request' })
  const resource = query.get('resource')
  if (!query.get('api-version') || resource !== 'https://cognitiveservices.azure.com') {
    return sendJson(response, 400, { error: 'invalid_resource', error_description: `no resource ${resource}` })
  }
  return sendJson(response, 200, {
    access_token: issuer.issue(),
    expires_in: String(issuer.lifetime),
    expires_on: String(Math.floor(Date.now() / 1000) + issuer.lifetime),
    resource,
    token_type: 'Bearer',
  })
}

function answerGoogle({ headers, path }: VendorRequest, response: ServerResponse, issuer: TokenIssuer): ServerResponse {
  const flavor = { 'metadata-flavor': 'Google' }
  if (headers['metadata-flavor'] !== 'Google') return sendJson(response, 403, { error: 'no Metadata-Flavor' })
  if (path.endsWith('/service-accounts/default/token')) {
    const { lifetime: expires_in } = issuer
    return sendJson(response, 200, { access_token: issuer.issue(), expires_in, token_type: 'Bearer' }, flavor)
  }
  const texts: Readonly<Record<string, string>> = {
    '/': 'computeMetadata/',
    '/computeMetadata/v1/instance': 'attributes/',
    '/computeMetadata/v1/instance/': 'attributes/',
    '/computeMetadata/v1/universe/universe-domain': 'googleapis.com',
    '/computeMetadata/v1/project/project-id': 'northwind-ai',
  }
  const text = texts[path]
  response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/text', ...flavor })
  return response.end(text ?? '')
}

function answerInstance({ headers, method, path }: VendorRequest, response: ServerResponse): ServerResponse {
  if (method === 'PUT' && path === '/latest/api/token') {
    if (!headers['x-aws-ec2-metadata-token-ttl-seconds']) return response.writeHead(400).end()
    return response.writeHead(200, { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' }).end(SESSION)
  }
  if (headers['x-aws-ec2-metadata-token'] !== SESSION) return response.writeHead(401).end()
  const root = '/latest/meta-data/iam/security-credentials/'
  if (path === root) return response.writeHead(200).end(ROLE)
  if (path !== root + ROLE) return response.writeHead(404).end()
  return sendJson(response, 200, { Code: 'Success', Type: 'AWS-HMAC', ...keysOf() })
}

function answerContainer({ headers }: VendorRequest, response: ServerResponse): ServerResponse {
  if (headers.authorization !== CONTAINER_TOKEN) return response.writeHead(401).end()
  return sendJson(response, 200, { RoleArn: `arn:aws:iam::111122223333:role/${ROLE}`, ...keysOf() })
}

function keysOf() {
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token } = AWS_KEYS
  const Expiration = new Date(Date.now() + HOUR_MS).toISOString()
  return { AccessKeyId, SecretAccessKey, Token, Expiration, LastUpdated: new Date().toISOString() }
}
