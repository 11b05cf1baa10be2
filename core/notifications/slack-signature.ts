import { createHmac, timingSafeEqual } from 'node:crypto'

/** How old or early a request may be, in seconds, as Slack advises. */
export const SLACK_TOLERANCE_S = 300

/** Slack's signature of a request: `v0=` and the hex of HMAC-SHA-256 over `v0:timestamp:body` (Slack, "Verifying requests"). */
export function slackSignature(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}

/** Whether Slack signed this raw body with this secret within five minutes of now. Unreadable headers never do. */
export function isFromSlack(
  secret: string,
  given: { timestamp: string | null; signature: string | null; body: string },
  now: Date,
): boolean {
  const { timestamp, signature, body } = given
  if (timestamp === null || signature === null || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > SLACK_TOLERANCE_S) return false
  const [expected, presented] = [Buffer.from(slackSignature(secret, timestamp, body)), Buffer.from(signature)]
  return expected.length === presented.length && timingSafeEqual(expected, presented)
}
