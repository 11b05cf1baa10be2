/** The package brings no types; this is what the tests use of it. */
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

  interface Account {
    accountId: string
    claims(): Promise<object>
  }

  class Grant {
    constructor(of: { clientId: string | undefined; accountId: string | undefined })
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }

  interface Configuration {
    clients: object[]
    claims: Record<string, string[]>
    cookies: { keys: string[] }
    features: Record<string, { enabled: boolean }>
    pkce: { required(): boolean }
    interactions: { url(ctx: unknown, interaction: { uid: string }): string }
    loadExistingGrant(ctx: {
      oidc: { client?: { clientId: string }; session?: { accountId?: string } }
    }): Promise<Grant>
    findAccount(ctx: unknown, sub: string): Account | undefined
  }

  export class Provider {
    constructor(issuer: string, configuration: Configuration)
    readonly Grant: typeof Grant
    callback(): RequestListener
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>
  }
}
