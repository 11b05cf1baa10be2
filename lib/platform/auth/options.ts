import type { NextAuthOptions, Profile } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { portalUrl } from '../addresses.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { TooManyAttempts } from './attempts.ts'
import { SESSION_SECONDS, type Session, sessionCookie, sessionSecret, toClaims } from './session.ts'
import { SignInRefused } from './sign-in-refused.ts'

/** What an identity provider says of a person, in our words. */
export interface IdentityClaims {
  issuer: string
  subject: string
  email: string | null
  emailVerified: boolean
  name: string | null
  groups: string[]
}

export const OIDC_PROVIDER = 'oidc'

/**
 * next-auth's options: one OpenID Connect provider by environment (GATEHOUSE_OIDC_*), sessions as encrypted
 * tokens. `admit` decides who a set of claims is here; it throws SignInRefused for nobody.
 */
export function authOptions(admit: (claims: IdentityClaims) => Promise<Session>): NextAuthOptions {
  // The callback address must be one that the identity provider knows, never one taken from a request.
  process.env.NEXTAUTH_URL = portalUrl()
  const cookie = sessionCookie()
  return {
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: cookie.options.secure,
    cookies: { sessionToken: cookie },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: oidcProvider(),
    callbacks: {
      async signIn({ user, profile }) {
        try {
          Object.assign(user, { session: await admit(readClaims(profile ?? {}, env().GATEHOUSE_OIDC_GROUPS_CLAIM)) })
          return true
        } catch (error) {
          return refusalPage(error)
        }
      },
      jwt: ({ token, user }) => (user && hasSession(user) ? toClaims(user.session) : token),
    },
    logger: {
      error: (code, detail) => log.warn({ code, error: messageOf(detail) }, 'a sign-in failed'),
      warn: code => log.debug({ code }, 'next-auth warns'),
      debug: () => {},
    },
  }
}

/** Whether single sign-on is configured, and what it is called on the sign-in page. */
export function oidcName(): string | null {
  const { GATEHOUSE_OIDC_ISSUER, GATEHOUSE_OIDC_CLIENT_ID, GATEHOUSE_OIDC_NAME } = env()
  return GATEHOUSE_OIDC_ISSUER && GATEHOUSE_OIDC_CLIENT_ID ? GATEHOUSE_OIDC_NAME : null
}

/** Claims of OpenID Connect Core 1.0 §5.1; `xms_edov` is how Entra ID vouches for an e-mail address. */
export function readClaims(claims: object, groupsClaim: string): IdentityClaims {
  const profile: Record<string, unknown> = { ...claims }
  const groups = profile[groupsClaim]
  const list = Array.isArray(groups) ? groups : typeof groups === 'string' ? [groups] : []
  const vouched = [profile.email_verified, profile.xms_edov]
  return {
    issuer: String(profile.iss ?? ''),
    subject: String(profile.sub ?? ''),
    email: typeof profile.email === 'string' ? profile.email.trim().toLowerCase() : null,
    emailVerified: vouched.some(value => value === true || value === 'true' || value === 1 || value === '1'),
    name: typeof profile.name === 'string' && profile.name.trim() ? profile.name.trim() : null,
    groups: list.filter(group => typeof group === 'string' && group !== ''),
  }
}

function oidcProvider(): OAuthConfig<Profile>[] {
  const { GATEHOUSE_OIDC_ISSUER: issuer, GATEHOUSE_OIDC_CLIENT_ID: clientId } = env()
  if (!issuer || !clientId) return []
  const { GATEHOUSE_OIDC_NAME: name, GATEHOUSE_OIDC_CLIENT_SECRET: clientSecret, GATEHOUSE_OIDC_SCOPE: scope } = env()
  return [
    {
      id: OIDC_PROVIDER,
      name,
      type: 'oauth',
      wellKnown: `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
      clientId,
      ...(clientSecret ? { clientSecret } : {}),
      client: { token_endpoint_auth_method: clientSecret ? 'client_secret_basic' : 'none' },
      authorization: { params: { scope } },
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      httpOptions: { timeout: 10_000 },
      userinfo: { request: allClaims },
      profile: claims => ({ id: claims.sub ?? '' }),
    },
  ]
}

type UserinfoRequest = Exclude<OAuthConfig<Profile>['userinfo'], string | undefined>['request']
type UserinfoCall = Parameters<NonNullable<UserinfoRequest>>[0]

/** Many providers put e-mail and groups into the user info only; the client checks that its subject is the same. */
async function allClaims({ client, tokens }: UserinfoCall): Promise<Profile> {
  if (!hasClaims(tokens)) throw new Error('the identity provider gave no ID token')
  const more = client.issuer.metadata.userinfo_endpoint ? await client.userinfo(tokens) : {}
  return { ...more, ...tokens.claims() }
}

/** next-auth types the tokens as plain data, but hands over the client's own TokenSet. */
function hasClaims(
  tokens: object,
): tokens is { claims(): Profile } & Parameters<UserinfoCall['client']['userinfo']>[0] {
  return 'claims' in tokens && typeof tokens.claims === 'function'
}

function refusalPage(error: unknown): string {
  if (error instanceof SignInRefused) return `/sign-in?error=${error.reason}`
  if (error instanceof TooManyAttempts) return `/sign-in?error=rate_limited&wait=${error.retryAfterSeconds}`
  log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a sign-in failed')
  return '/sign-in?error=unexpected'
}

function hasSession(user: object): user is { session: Session } {
  return 'session' in user
}

/** next-auth hands errors over in several wrappings; the message says enough and holds no token. */
function messageOf(detail: unknown): string {
  const error = detail && typeof detail === 'object' && 'error' in detail ? detail.error : detail
  return error instanceof Error ? error.message : 'no detail'
}
