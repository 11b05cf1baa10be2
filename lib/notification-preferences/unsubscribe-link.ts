import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId } from '#core/ids.ts'
import { portalUrl } from '#lib/platform/addresses.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'

/** Where a mail program ends somebody's e-mail with one press, without signing in (RFC 8058). */
export function unsubscribeUrl(personId: string): string {
  return `${portalUrl()}/api/notifications/unsubscribe?person=${personId}&token=${tokenOf(personId)}`
}

/** The person whom such an address is of; null when it was not made here. */
export function personOfLink(personId: string | null, token: string | null): string | null {
  if (personId === null || token === null || !isId(personId)) return null
  const [expected, given] = [Buffer.from(tokenOf(personId)), Buffer.from(token)]
  return expected.length === given.length && timingSafeEqual(expected, given) ? personId : null
}

function tokenOf(personId: string): string {
  return createHmac('sha256', secretKey('unsubscribe')).update(personId).digest('base64url')
}
