import { z } from 'zod'
import { AuditRecord } from '#core/audit-record/entry.ts'
import { Moment } from '#core/moment.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

/** An entry as lists show it; the index is null while it waits to be sealed. */
export const AuditEntryDto = AuditRecord.extend({ index: z.int().nullable() })
export type AuditEntryDto = z.infer<typeof AuditEntryDto>

const Filter = {
  /** A person's, token's or agent's id. */
  actorId: z.uuid().optional(),
  actorKind: z.enum(['person', 'serviceToken', 'agent', 'system']).optional(),
  /** A whole action, `key.issued`, or its noun, `key`. */
  action: z
    .string()
    .regex(/^[a-zA-Z_-]+(\.[a-zA-Z_-]+)?$/, 'an action such as key.issued, or its noun')
    .optional(),
  subjectKind: z.string().max(64).optional(),
  subjectId: z.string().max(128).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
  /** Found in the names of actor and subject, the action and the reason. */
  search: z.string().trim().max(100).optional(),
}

export const ListAuditQuery = PageQuery.extend(Filter)
export type ListAuditQuery = z.output<typeof ListAuditQuery>

export const EXPORT_FORMATS = ['jsonl', 'csv', 'ocsf'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Without filters, a JSONL export can be proved against a checkpoint. */
export const ExportAuditQuery = z.strictObject({ format: z.enum(EXPORT_FORMATS).default('jsonl'), ...Filter })
export type ExportAuditQuery = z.output<typeof ExportAuditQuery>
export type AuditFilter = Omit<ExportAuditQuery, 'format'>

export const CheckpointDto = z.strictObject({
  /** The signed note (C2SP tlog-checkpoint). */
  note: z.string(),
  /** The public key that verifies it. */
  verifierKey: z.string(),
  treeSize: z.int(),
  /** Base64. */
  rootHash: z.string(),
  createdAt: z.iso.datetime(),
})
export type CheckpointDto = z.infer<typeof CheckpointDto>

export const ProofDto = z.strictObject({
  entry: AuditRecord,
  index: z.int(),
  /** Base64, as are the hashes: the audit path of RFC 6962 from the leaf to the root. */
  leafHash: z.string(),
  hashes: z.array(z.string()),
  checkpoint: CheckpointDto,
})
export type ProofDto = z.infer<typeof ProofDto>
