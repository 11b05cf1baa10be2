import { canonicalize } from 'json-canonicalize'
import { z } from 'zod'
import { hashLeaf } from '../merkle/tree.ts'

/** One entry of the audit log, exactly as it is exported and hashed. */
export const AuditRecord = z.strictObject({
  id: z.uuid(),
  organizationId: z.uuid(),
  occurredAt: z.iso.datetime(),
  actor: z.strictObject({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  /** Noun and past participle: `key.issued`. */
  action: z.string(),
  subject: z.strictObject({ kind: z.string(), id: z.string(), name: z.string() }),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
  reason: z.string().nullable(),
  requestId: z.string(),
})
export type AuditRecord = z.infer<typeof AuditRecord>

/** One line of a JSONL export. Index and hash are null while the entry waits to be sealed. */
export const ExportLine = z.strictObject({
  index: z.int().nonnegative().nullable(),
  /** Base64 of the leaf hash. */
  leafHash: z.string().nullable(),
  entry: AuditRecord,
})
export type ExportLine = z.infer<typeof ExportLine>

/** The entry's leaf: SHA-256(0x00 ‖ canonical JSON of the entry by RFC 8785). */
export function leafHashOf(entry: AuditRecord): Buffer {
  return hashLeaf(canonicalize(entry))
}
