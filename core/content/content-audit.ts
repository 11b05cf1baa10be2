import { canonicalize } from 'json-canonicalize'
import { z } from 'zod'
import { sha256 } from '#core/secrets.ts'

/** What an entry of the content log can break. */
export const CONTENT_RULES = {
  tier_keeps_none: 'Kept although its tier kept no content at that time',
  wider_than_tier: 'Kept in full although its tier restricted access at that time',
  no_event: 'Kept without the request it belongs to',
  tier_differs: 'Kept under another tier than the request had',
  not_decided: 'Kept although the gateway did not decide so',
  overdue: 'Kept longer than its tier allows',
  unreadable: 'Does not open with its key: changed, or stored in another form',
  detected: 'Holds data that the guardrails in force block, mask, or move to a stricter tier',
} as const
export type ContentRule = keyof typeof CONTENT_RULES
const Rule = z.enum(Object.keys(CONTENT_RULES) as [ContentRule, ...ContentRule[]])

/** One entry that breaks a rule; never the value that was found. */
export const ContentViolation = z.strictObject({
  requestId: z.uuid(),
  occurredAt: z.iso.datetime(),
  tier: z.string(),
  rule: Rule,
  /** Of a detection: what was found, and where. */
  detector: z.string().nullable(),
  kind: z.string().nullable(),
  location: z.string().nullable(),
})
export type ContentViolation = z.infer<typeof ContentViolation>

/** What an audit of the content log looked at and found: evidence, kept with its hash. */
export const ContentAuditRecord = z.strictObject({
  organizationId: z.uuid(),
  /** Who or what collected it. */
  collector: z.string(),
  startedAt: z.iso.datetime(),
  /** The moment it speaks of. */
  effectiveAt: z.iso.datetime(),
  /** Of the oldest entry to the moment it speaks of. */
  period: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }),
  /** Entries that were there, by tier; every one was checked against its request and its tier. */
  population: z.record(z.string(), z.int()),
  /** Requests whose content was decrypted and inspected. */
  sample: z.array(z.uuid()),
  /** How many entries break each rule; of `unreadable` and `detected`, of the sample. */
  checks: z.array(z.strictObject({ rule: Rule, violations: z.int() })),
  /** The first of them. */
  violations: z.array(ContentViolation),
})
export type ContentAuditRecord = z.infer<typeof ContentAuditRecord>

/** SHA-256 of a record in its canonical form (RFC 8785), as hexadecimal text. */
export function hashContentAudit(record: ContentAuditRecord): string {
  return sha256(canonicalize(record)).toString('hex')
}
