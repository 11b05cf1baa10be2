import { createHmac, timingSafeEqual } from 'node:crypto'

const PREFIX = 'whsec_'

/** How old or early a webhook may be, in seconds. */
export const WEBHOOK_TOLERANCE_S = 300

export interface WebhookHeaders {
  'webhook-id': string
  /** Unix time in seconds. */
  'webhook-timestamp': string
  /** One signature a secret, spaces between them. */
  'webhook-signature': string
}

/** A signing secret's text for its bytes, of which the specification asks 24 to 64. */
export function webhookSecret(bytes: Uint8Array): string {
  return PREFIX + Buffer.from(bytes).toString('base64')
}

/**
 * The headers of a webhook by the Standard Webhooks specification: `v1,` and the base64 of HMAC-SHA-256 over
 * `id.timestamp.body`, by each of the secrets, so that a receiver may hold either while one replaces the other.
 */
export function signWebhook(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): WebhookHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map(secret => `v1,${signatureOf(secret, id, timestamp, body)}`)
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

/** Whether a webhook was signed by this secret within the tolerance of now. What a receiver does, in its simplest form. */
export function isSignedBy(secret: string, headers: WebhookHeaders, body: string, now: Date): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp))
  if (!(age <= WEBHOOK_TOLERANCE_S)) return false
  const expected = Buffer.from(signatureOf(secret, id, timestamp, body))
  return signatures.split(' ').some(text => {
    const given = Buffer.from(text.replace(/^v1,/, ''))
    return text.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected)
  })
}

function signatureOf(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64')
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
}
