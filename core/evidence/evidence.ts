import { canonicalize } from 'json-canonicalize'
import { z } from 'zod'
import { sha256 } from '../secrets.ts'

const Moment = z.iso.datetime()

/** Something that was collected to prove how things were in a period. */
export const Evidence = z.strictObject({
  /** What was collected: `failover_drill`. */
  kind: z.string(),
  /** What it is about. */
  subject: z.strictObject({ kind: z.string(), id: z.string(), name: z.string() }),
  /** Who or what collected it. */
  collector: z.string(),
  period: z.strictObject({ from: Moment, to: Moment }),
  /** From when on it may be relied on. */
  effectiveAt: Moment,
  /** After this it is stale: something newer has to be collected. */
  freshUntil: Moment,
  /** What was found. */
  value: z.record(z.string(), z.unknown()),
})
export type Evidence = z.infer<typeof Evidence>

/** SHA-256, hexadecimal, of the evidence's canonical JSON (RFC 8785). */
export function hashEvidence(evidence: Evidence): string {
  return sha256(canonicalize(evidence)).toString('hex')
}

export function isStale({ freshUntil }: Evidence, now: number): boolean {
  return Date.parse(freshUntil) < now
}
