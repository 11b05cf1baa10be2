import { decode, encode } from 'next-auth/jwt'
import { isId } from '#core/ids.ts'
import { portalUrl } from '../addresses.ts'
import { secretKey } from '../secret-keys.ts'

/** What a session says; everything else is looked up at each request. */
export interface Session {
  personId: string
  organizationId: string
  /** The person's `sessionVersion` at sign-in: raising that ends the session. */
  sessionVersion: number
}

/** A session ends after 12 hours, used or not. */
export const SESSION_SECONDS = 12 * 3600

/** The cookie that carries the session, as an encrypted token (JWE, A256GCM) in next-auth's form. */
export function sessionCookie() {
  const secure = portalUrl().startsWith('https:')
  return {
    name: `${secure ? '__Host-' : ''}gatehouse.session`,
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure },
  }
}

export function sessionSecret(): string {
  return secretKey('session').toString('base64url')
}

/** A session as the claims of its token. */
export function toClaims(session: Session): Record<string, unknown> {
  return { sub: session.personId, organization: session.organizationId, version: session.sessionVersion }
}

export function writeSession(session: Session): Promise<string> {
  return encode({ token: toClaims(session), secret: sessionSecret(), maxAge: SESSION_SECONDS })
}

/** Reads a session's token; null when it is not ours, was changed, or has run out. */
export async function readSession(token: string | undefined): Promise<Session | null> {
  if (!token) return null
  const claims = await decode({ token, secret: sessionSecret() }).catch(() => null)
  const { sub, organization, version } = claims ?? {}
  if (typeof sub !== 'string' || typeof organization !== 'string' || typeof version !== 'number') return null
  if (!isId(sub) || !isId(organization) || !Number.isInteger(version)) return null
  return { personId: sub, organizationId: organization, sessionVersion: version }
}
