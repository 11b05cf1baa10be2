import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** The header of a drill's requests; its value is what `signDrill` makes. */
export const DRILL_HEADER = 'x-gatehouse-drill'

/** A simulated outage, met only by requests that carry it signed, and only those of one key. */
export const DrillInstruction = z.strictObject({
  drillId: z.uuid(),
  organizationId: z.uuid(),
  /** The key that the drill's requests are made with; no other may use the instruction. */
  keyId: z.uuid(),
  /** The deployment that is down. */
  modelId: z.uuid(),
  /** unreachable: connections fail at once; error: a 503; timeout: nothing comes until the caller's patience ends. */
  fault: z.enum(['unreachable', 'error', 'timeout']).default('unreachable'),
  /** The outage lasts from `from` until `until`, in milliseconds since 1970; the instruction is void after `expiresAt`. */
  from: z.int(),
  until: z.int(),
  expiresAt: z.int(),
})
export type DrillInstruction = z.infer<typeof DrillInstruction>

/** Makes the header's value: the instruction and its HMAC-SHA-256 (RFC 2104), both as base64url. */
export function signDrill(key: Buffer, instruction: z.input<typeof DrillInstruction>): string {
  const text = Buffer.from(JSON.stringify(DrillInstruction.parse(instruction))).toString('base64url')
  return `${text}.${macOf(key, text).toString('base64url')}`
}

/** Reads a header's value; null unless it was signed with that key and has not expired at `now` (milliseconds since 1970). */
export function readDrill(key: Buffer, value: string, now: number): DrillInstruction | null {
  const [text = '', mac = '', ...more] = value.split('.')
  const given = Buffer.from(mac, 'base64url')
  const expected = macOf(key, text)
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const parsed = DrillInstruction.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  return parsed.success && now < parsed.data.expiresAt ? parsed.data : null
}

function macOf(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
