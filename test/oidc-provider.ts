import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface OidcAccount {
  sub: string
  name: string
  email: string
  email_verified: boolean
  groups: string[]
}

export interface RunningOidcProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Accounts by subject; a test may change them between sign-ins. */
  accounts: Map<string, OidcAccount>
  stop(): Promise<void>
}

/** Two people of the provider, with the groups they begin with. */
export const OIDC_ACCOUNTS: readonly OidcAccount[] = [
  { sub: 'maria', name: 'Maria Oliveira', email: 'maria@acme.example', email_verified: true, groups: ['engineers'] },
  { sub: 'viktor', name: 'Viktor Novák', email: 'viktor@acme.example', email_verified: true, groups: ['visitors'] },
]

/**
 * Starts a real OpenID Connect server on loopback with one client. Its login page has a button for each
 * account (`POST /login/<uid>` with the field `account`). E-mail and groups are in the user info only.
 */
export async function startOidcProvider(redirectUri: string): Promise<RunningOidcProvider> {
  const server = http.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const [clientId, clientSecret] = ['gatehouse', randomBytes(24).toString('hex')]
  const accounts = new Map(OIDC_ACCOUNTS.map(account => [account.sub, { ...account }]))
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email', 'email_verified'] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, interaction) => `/login/${interaction.uid}` },
    // Consent was given when the organization connected the application.
    loadExistingGrant: async ctx => {
      const { client, session } = ctx.oidc
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
    findAccount: (_, sub) => {
      const account = accounts.get(sub)
      return account && { accountId: sub, claims: async () => ({ ...account }) }
    },
  })
  const handle = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/login/')) return handle(request, response)
    logIn(provider, accounts, request, response).catch(error => response.writeHead(500).end(String(error)))
  })
  const stop = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { issuer, clientId, clientSecret, accounts, stop }
}

async function logIn(
  provider: Provider,
  accounts: Map<string, OidcAccount>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    const buttons = [...accounts.values()].map(
      ({ sub, name }) => `<button name="account" value="${sub}">${name}</button>`,
    )
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>Log in</title><form method="post">${buttons.join('')}</form>`)
    return
  }
  const accountId = new URLSearchParams(await readBody(request)).get('account') ?? ''
  await provider.interactionFinished(request, response, { login: { accountId } })
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}
